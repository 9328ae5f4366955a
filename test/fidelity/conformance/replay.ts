import { X509Certificate } from "node:crypto";
import type { Emulator } from "@coppice/emulator";
import { buildRequest } from "./build-request.ts";
import { Comparison } from "./compare.ts";
import { compareLogs } from "./compare-log.ts";
import { HttpClient, type WireAnswer, type WireRequest } from "./http-client.ts";
import { Identities } from "./identities.ts";
import { preparations } from "./preparations.ts";
import { prepare } from "./prepare.ts";
import type { Recorded } from "./recording.ts";
import { blur, References } from "./references.ts";

/** What became of one line. */
export interface Verdict {
  readonly line: Recorded;
  /** Where it differed; nothing when it matched. */
  readonly differences: readonly string[];
}

/** Answers that depend on pvestatd's last round or on a task's end are asked again until they fit. */
const patienceMs = 1500;
const retryMs = 60;
const taskPatienceMs = 6000;

/** Replays the lines of one story against one emulator. */
export class Replay {
  readonly #emulator: Emulator;
  readonly #clients = new Map<string, HttpClient>();
  readonly #identities: Identities;
  readonly #references = new References();
  readonly #groups: readonly string[];

  constructor(emulator: Emulator, groups: readonly string[]) {
    this.#emulator = emulator;
    this.#groups = groups;
    for (const [node, url] of emulator.urls) this.#clients.set(node, new HttpClient(url, emulator.ca));
    this.#identities = new Identities(this.#client(undefined), emulator.rootPassword);
  }

  /** Replaces a recorded text, wherever it is sent, by ours. */
  stand(recorded: string, ours: string): void {
    this.#references.stand(recorded, ours);
  }

  /** Lets go of the connections. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  /** Does what the recorder did by hand before the line, sends it, and compares. Undefined for lines that are not played. */
  async play(line: Recorded): Promise<Verdict | undefined> {
    if (preparations.some((known) => known.group === line.group && known.before === line.n))
      await this.#settle(line);
    await this.#prepareFor(line);
    const { method } = line.req;
    if (method === "SUMMARY") return this.#pass(line);
    if (method === "EVENT") return this.#event(line);
    if (method === "SHELL") return this.#shell(line);
    await this.#settle(line);
    this.#bindTask(line);
    const context = {
      identities: this.#identities,
      references: this.#references,
      fingerprint: this.#fingerprint,
    };
    const wire = await buildRequest(line, context);
    return { line, differences: await this.#ask(line, wire) };
  }

  /** Some starts of tasks were not kept: the task that a path names is our newest of that kind. */
  #bindTask(line: Recorded): void {
    const recorded = /UPID%3A[^/?]+/.exec(line.req.path ?? "")?.[0];
    if (recorded === undefined) return;
    const upid = decodeURIComponent(recorded);
    const [, node = "", , , , type, id] = upid.split(":");
    if (this.#references.translate(upid) !== upid) return;
    const ours = this.#emulator.cluster.tasks
      .of(node)
      .filter((task) => task.type === type && task.id === id)
      .at(-1);
    if (ours !== undefined) this.#references.bind(upid, ours.upid);
  }

  get #fingerprint(): string {
    const { cluster } = this.#emulator;
    return new X509Certificate(cluster.files.read(`nodes/${cluster.firstNode.name}/pve-ssl.pem`) ?? "")
      .fingerprint256;
  }

  /** The recorder waited for each task; lines about a running task come at once. */
  async #settle(line: Recorded): Promise<void> {
    const running = this.#emulator.cluster.tasks.running();
    if (running.length === 0 || isAboutTask(line)) return;
    const late = new Promise((resolve) => setTimeout(resolve, taskPatienceMs));
    await Promise.race([Promise.all(running.map((task) => task.done)), late]);
  }

  #client(node: string | undefined): HttpClient {
    const found = this.#clients.get(node ?? this.#emulator.cluster.firstNode.name);
    if (found === undefined)
      throw new Error(`the recording asks node '${node}', which the emulator does not have`);
    return found;
  }

  async #prepareFor(line: Recorded): Promise<void> {
    const shop = { emulator: this.#emulator, client: this.#client(undefined), identities: this.#identities };
    for (const preparation of preparations) {
      if (preparation.group !== line.group || preparation.before !== line.n) continue;
      if (preparation.unless !== undefined && this.#groups.includes(preparation.unless)) continue;
      for (const step of preparation.steps)
        await prepare(shop, step).catch((error: unknown) => console.log(`  ! ${String(error)}`));
    }
  }

  /** A summary stands for minutes of polling: what matters of it is that pvestatd came round. */
  async #pass(line: Recorded): Promise<undefined> {
    await this.#emulator.cluster.clock.sleep(Math.min(line.ms ?? 0, 11_000));
    return undefined;
  }

  #event(line: Recorded): undefined {
    const [, name = "", state] = /network link of (\S+) (down|up)/.exec(line.note) ?? [];
    const node = this.#emulator.cluster.nodes.get(name);
    if (node !== undefined) this.#emulator.cluster.setLink(node, state === "up");
    return undefined;
  }

  async #shell(line: Recorded): Promise<Verdict> {
    const { node = "", cmd = "" } = line.req;
    const result = await this.#emulator.shell(node, this.#references.translate(cmd));
    const differences: string[] = [];
    if ((result.code === 0) !== (line.res.rc === 0))
      differences.push(
        `exit code: recorded ${line.res.rc}, got ${result.code} ${result.stderr.slice(0, 200)}`,
      );
    else differences.push(...compareLogs((line.res.stdout ?? "").split("\n"), result.stdout.split("\n")));
    return { line, differences };
  }

  async #ask(line: Recorded, wire: WireRequest): Promise<readonly string[]> {
    const deadline = Date.now() + (isAboutTask(line) ? taskPatienceMs : patienceMs);
    const client = this.#client(line.req.via);
    for (;;) {
      const mayChange = this.#mayChange(line) && Date.now() < deadline;
      const answer = await client.send(wire);
      const differences = this.#compare(line, answer);
      if (differences.length === 0 || !mayChange || answer.status !== 200) return differences;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }

  /** Whether the question may soon be answered otherwise: a task still runs, or pvestatd has not come round. */
  #mayChange({ note, req }: Recorded): boolean {
    if (req.method !== "GET") return false;
    if (isAboutTask({ note })) return this.#emulator.cluster.tasks.running().length > 0;
    return asksStatus.test(req.path ?? "");
  }

  #compare(line: Recorded, answer: WireAnswer): readonly string[] {
    const { res } = line;
    if (answer.status !== (res.status ?? 0))
      return [
        `status: recorded ${res.status} ${res.reason}, got ${answer.status} ${answer.reason} ${answer.body.slice(0, 200)}`,
      ];
    const found: string[] = [];
    // A path that the recording's machine had in its messages is as good as ours: see References.
    if (res.reason !== undefined && !this.#references.same(res.reason, answer.reason)) {
      found.push(
        `reason: recorded ${JSON.stringify(blur(res.reason))}, got ${JSON.stringify(blur(answer.reason))}`,
      );
    }
    found.push(...this.#compareHeaders(line, answer));
    if (res.json === undefined || res.bodyDropped !== undefined) return found;
    const ours: unknown = parse(answer.body);
    this.#identities.learn(line.req, ours);
    return [...found, ...this.#compareBody(line, ours)];
  }

  #compareHeaders(line: Recorded, answer: WireAnswer): string[] {
    const wanted = line.res.headers?.["content-type"];
    const got = answer.headers["content-type"];
    if (line.res.headers === undefined || line.req.method === "SHELL" || wanted === got) return [];
    return [`content-type: recorded ${wanted ?? "none"}, got ${String(got ?? "none")}`];
  }

  #compareBody(line: Recorded, ours: unknown): readonly string[] {
    const isLog = line.note.endsWith("-> task log") && line.res.status === 200;
    if (isLog && line.env === undefined) return compareLogs(logLines(line.res.json), logLines(ours));
    const shapeOnly = line.env !== undefined || line.res.trimmedFrom !== undefined || isLog;
    const comparison = new Comparison(this.#references, { shapeOnly, path: line.req.path ?? "" });
    comparison.value(line.res.json, ours, "");
    return comparison.differences;
  }
}

function isAboutTask({ note }: Pick<Recorded, "note">): boolean {
  return note.endsWith("-> task status") || note.endsWith("-> task log");
}

/** What shows pvestatd's rows. */
const asksStatus = /\/cluster\/(?:resources|status)|\/nodes(?:\?|$)|\/pools\//;

function logLines(body: unknown): string[] {
  const data: unknown = body !== null && typeof body === "object" && "data" in body ? body.data : undefined;
  if (!Array.isArray(data)) return [];
  return data.map((row: unknown) =>
    row !== null && typeof row === "object" && "t" in row ? String(row.t) : "",
  );
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
