import { type Clock, systemClock } from "@coppice/core";
import type { Authenticator } from "./credentials/authenticator.ts";
import type { Credentials } from "./credentials/credentials.ts";
import { loginWithPassword } from "./credentials/login-with-password.ts";
import { TicketAuthenticator } from "./credentials/ticket-authenticator.ts";
import { TokenAuthenticator } from "./credentials/token-authenticator.ts";
import { PveError } from "./errors/pve-error.ts";
import type { Parser } from "./parse/parser.ts";
import { encodeParams, type Params, secretParams } from "./rest/encode-params.ts";
import { parseEndpoint } from "./rest/endpoint.ts";
import type { PathValues } from "./rest/fill-path.ts";
import { fillPath } from "./rest/fill-path.ts";
import { judgeAnswer } from "./rest/judge-answer.ts";
import type { PveCall, PveCaller } from "./rest/pve-caller.ts";
import { RestTransport } from "./rest/rest-transport.ts";
import type { TlsTrust } from "./rest/tls-trust.ts";
import { repeatRead } from "./retry/repeat-read.ts";
import { runTask, type TaskCall } from "./tasks/run-task.ts";
import type { TaskResult } from "./tasks/wait-for-task.ts";
import { NodeLimiter } from "./waiting/node-limiter.ts";

/** How much a client asks of a cluster. */
export interface PveLimits {
  /** Task starts in flight per node, 1 to 6. More bring nothing: pvedaemon has 3 workers. @default 4 */
  readonly taskStartsPerNode?: number;
  /** Longest time for one request, in milliseconds. @default 90000 */
  readonly requestTimeout?: number;
  /** Longest time for one task, in milliseconds. @default 1800000 */
  readonly taskTimeout?: number;
}

/** Settings of a {@link PveClient}. */
export interface PveClientSettings {
  /** What the cluster is called, for errors. */
  readonly name?: string;
  /** `https://pve1.example.org:8006`; any node of the cluster. */
  readonly endpoint: string;
  readonly tls?: TlsTrust;
  readonly credentials: Credentials;
  readonly clock?: Clock;
  readonly limits?: PveLimits;
  /** Ends every call of this client when it aborts. */
  readonly signal?: AbortSignal;
}

/** What a single call may add. */
export interface CallOptions<T> {
  readonly in?: PathValues;
  readonly params?: Params;
  readonly parse: Parser<T>;
  readonly signal?: AbortSignal;
}

/**
 * A client of one Proxmox VE cluster (8.4 to 9.2). Opens connections when first used.
 *
 * @example
 * const client = new PveClient({
 *   endpoint: "https://pve1:8006",
 *   tls: { caFile: "pve-root-ca.pem" },
 *   credentials: { token: { env: "PROXMOX_VE_API_TOKEN" } },
 * });
 * const { version } = await client.get("/version", { parse: shape({ version: text }) });
 */
export class PveClient implements PveCaller {
  readonly clock: Clock;
  readonly starts: NodeLimiter;
  readonly taskTimeout: number;
  /** The cluster and its address, for errors. */
  readonly #server: string;
  readonly #transport: RestTransport;
  readonly #authenticator: Authenticator;
  readonly #requestTimeout: number;
  readonly #signal: AbortSignal | undefined;

  constructor(settings: PveClientSettings) {
    const limits = settings.limits ?? {};
    const starts = limits.taskStartsPerNode ?? 4;
    if (!Number.isInteger(starts) || starts < 1 || starts > 6) throw badLimit(starts);
    this.clock = settings.clock ?? systemClock;
    this.starts = new NodeLimiter(starts);
    this.taskTimeout = limits.taskTimeout ?? 30 * 60_000;
    this.#requestTimeout = limits.requestTimeout ?? 90_000;
    this.#signal = settings.signal;
    const endpoint = parseEndpoint(settings.endpoint);
    this.#server = serverWords(settings.name, endpoint);
    this.#transport = new RestTransport(endpoint, settings.tls ?? {}, 8);
    this.#authenticator = this.#authenticatorFor(settings.credentials);
  }

  /** Reads. Sent again, at most twice, when the connection broke without an answer. */
  async get<T>(path: string, options: CallOptions<T>): Promise<T> {
    return await this.call({ method: "GET", path, ...options });
  }

  /** Posts, once. */
  async post<T>(path: string, options: CallOptions<T>): Promise<T> {
    return await this.call({ method: "POST", path, ...options });
  }

  /** Puts, once. */
  async put<T>(path: string, options: CallOptions<T>): Promise<T> {
    return await this.call({ method: "PUT", path, ...options });
  }

  /** Deletes, once. The parameters go into the query: Proxmox refuses a DELETE with a body. */
  async delete<T>(path: string, options: CallOptions<T>): Promise<T> {
    return await this.call({ method: "DELETE", path, ...options });
  }

  /** Starts a task and waits for its end. Use `startTask` where a safe repetition is wanted. */
  async task(call: TaskCall): Promise<TaskResult> {
    return await runTask(this, call);
  }

  /** Any call; the other methods are short forms of it. */
  async call<T>(call: PveCall<T>): Promise<T> {
    if (call.method !== "GET") return await this.#send(call);
    return await repeatRead(this.clock, () => this.#send(call), call.signal);
  }

  secrets(): readonly string[] {
    return this.#authenticator.secrets();
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #send<T>(call: PveCall<T>, mayLogInAgain = true): Promise<T> {
    const name = { method: call.method, path: fillPath(call.path, call.in) };
    const encoded = encodeParams(call.params);
    const inQuery = call.method === "GET" || call.method === "DELETE";
    const signal = this.#signalFor(call.signal);
    const headers = await this.#authenticator.headers(call.method, signal);
    const form = inQuery ? undefined : encoded;
    const answer = await this.#transport.send({ name, query: inQuery ? encoded : "", form, headers, signal });
    // A 401 is refused at the door: nothing was done, so even a change may be asked again.
    if (answer.status === 401 && mayLogInAgain && this.#authenticator.refused())
      return await this.#send(call, false);
    const secrets = [...this.secrets(), ...secretParams(call.params)];
    const refusal = `${this.#authenticator.words()} is refused by ${this.#server}`;
    return judgeAnswer(answer, call, { name, secrets, refusal });
  }

  #authenticatorFor(credentials: Credentials): Authenticator {
    if ("token" in credentials) return new TokenAuthenticator(credentials.token, this.#server);
    const login = loginWithPassword(this.#transport, this.#requestTimeout);
    return new TicketAuthenticator({ ...credentials, login, clock: this.clock });
  }

  #signalFor(signal: AbortSignal | undefined): AbortSignal {
    const all = [this.#signal, signal, AbortSignal.timeout(this.#requestTimeout)];
    return AbortSignal.any(all.filter((one) => one !== undefined));
  }
}

function serverWords(name: string | undefined, { origin }: URL): string {
  return name === undefined ? origin : `the cluster '${name}' at ${origin}`;
}

function badLimit(starts: number): PveError {
  return new PveError("pve.settings", {
    what: `taskStartsPerNode is ${starts}`,
    why: "Proxmox has 3 workers per node; more than 6 starts at once only make it slower",
    wayOut: "Choose 1 to 6",
  });
}
