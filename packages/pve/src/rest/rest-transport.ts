import type { Agent } from "undici";
import { PveError, type PveRequestName } from "../errors/pve-error.ts";
import { pinnedConnector } from "./pinned-connector.ts";
import { resolveTrust, type TlsTrust } from "./tls-trust.ts";
import { transportFailure } from "./transport-failure.ts";

/** One HTTP request, ready to be sent. */
export interface RawRequest {
  readonly name: PveRequestName;
  /** Query without the question mark. */
  readonly query: string;
  /** Form body. */
  readonly form: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/** One HTTP answer, not judged yet. */
export interface RawAnswer {
  readonly status: number;
  readonly reason: string;
  readonly body: string;
}

/** No answer of the API comes near this; a hostile server must not fill our memory. */
const largestBody = 64 * 1024 * 1024;

/** Sends requests to one endpoint over verified TLS. Connects at the first request. */
export class RestTransport {
  readonly #endpoint: URL;
  readonly #trust: TlsTrust;
  readonly #connections: number;
  #agent: Promise<Agent> | undefined;

  constructor(endpoint: URL, trust: TlsTrust, connections: number) {
    this.#endpoint = endpoint;
    this.#trust = trust;
    this.#connections = connections;
  }

  /** Sends one request and reads the whole answer, whatever its status. Never repeats anything. */
  async send(raw: RawRequest): Promise<RawAnswer> {
    const { name, query, form, headers, signal } = raw;
    try {
      const agent = await this.#opened();
      const answer = await agent.request({
        origin: this.#endpoint.origin,
        path: `/api2/json${name.path}${query === "" ? "" : `?${query}`}`,
        // The caller's methods are the four that Proxmox knows.
        method: name.method as "GET" | "POST" | "PUT" | "DELETE",
        headers:
          form === undefined ? headers : { ...headers, "content-type": "application/x-www-form-urlencoded" },
        ...(form === undefined ? {} : { body: form }),
        ...(signal ? { signal } : {}),
      });
      return { status: answer.statusCode, reason: answer.statusText, body: await answer.body.text() };
    } catch (cause) {
      throw transportFailure(cause, { request: name, endpoint: this.#endpoint.host, signal });
    }
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    const agent = await this.#agent?.catch(() => undefined);
    await agent?.destroy();
    this.#agent = undefined;
  }

  #opened(): Promise<Agent> {
    // Settings that failed (a missing CA file) are read again at the next request.
    this.#agent ??= this.#open().catch((error: unknown) => {
      this.#agent = undefined;
      throw error;
    });
    return this.#agent;
  }

  async #open(): Promise<Agent> {
    const trust = await resolveTrust(this.#trust);
    // Loaded at the first request: whoever only plans or uses SSH never pays for it.
    const { Agent, buildConnector } = await import("undici");
    const connect = pinnedConnector(buildConnector, trust);
    return new Agent({
      connect,
      connections: this.#connections,
      pipelining: 1,
      maxResponseSize: largestBody,
    });
  }
}

/** Reads a body as JSON; pveproxy sends none with some errors. */
export function parseBody(answer: RawAnswer, name: PveRequestName): unknown {
  if (answer.body === "") return undefined;
  try {
    return JSON.parse(answer.body);
  } catch (cause) {
    if (answer.status >= 400) return undefined;
    throw new PveError("pve.bad-response", {
      request: name,
      status: answer.status,
      why: "the answer is not JSON",
      cause,
    });
  }
}
