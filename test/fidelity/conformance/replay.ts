import { X509Certificate } from "node:crypto";
import type { Emulator } from "@coppice/emulator";
import { buildRequest } from "./build-request.ts";
import { HttpClient, type WireRequest } from "./http-client.ts";
import { Identities } from "./identities.ts";
import { type Judgement, judge } from "./judge/judge.ts";
import { judgeShell } from "./judge/judge-shell.ts";
import { References } from "./judge/references.ts";
import type { Preparation } from "./preparation.ts";
import { preparations } from "./preparations.ts";
import { prepare } from "./prepare.ts";
import type { Recorded } from "./recording.ts";
import { StatusRounds } from "./status-rounds.ts";

/** What became of one line. */
export interface Verdict {
  readonly line: Recorded;
  /** Where it differed; nothing when it matched. */
  readonly differences: readonly string[];
}

/** Answers that depend on a daemon's last round or on a task's end are asked again until they fit, on the cluster's clock. */
const patienceMs = 3000;
const taskPatienceMs = 60_000;
const retryMs = 1000;
const taskRetryMs = 50;

/** Replays the lines of one story against one emulator. */
export class Replay {
  readonly #emulator: Emulator;
  readonly #clients = new Map<string, HttpClient>();
  readonly #identities: Identities;
  readonly #rounds: StatusRounds;
  #references = new References();
  readonly #groups: readonly string[];
  readonly #preparations: readonly Preparation[];

  constructor(emulator: Emulator, pve: "8.4" | "9.2", groups: readonly string[]) {
    this.#emulator = emulator;
    this.#rounds = new StatusRounds(emulator.control);
    this.#preparations = preparations.filter((known) => (known.pve ?? pve) === pve);
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
    if (this.#preparations.some((known) => known.group === line.group && known.before === line.n))
      await this.#settle(line);
    await this.#prepareFor(line);
    const { method } = line.req;
    if (method === "SUMMARY") return this.#pass();
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
    if (ours !== undefined) this.#references.bind("upid", upid, ours.upid);
  }

  get #fingerprint(): string {
    const { cluster } = this.#emulator;
    return new X509Certificate(cluster.files.read(`nodes/${cluster.firstNode.name}/pve-ssl.pem`) ?? "")
      .fingerprint256;
  }

  /** The recorder waited for each task; lines about a running task come at once. */
  async #settle(line: Recorded): Promise<void> {
    const { tasks, clock } = this.#emulator.cluster;
    const running = tasks.running().filter((task) => !leftAlone.has(task.type));
    if (running.length === 0 || isAboutTask(line)) return;
    await Promise.race([Promise.all(running.map((task) => task.done)), clock.sleep(taskPatienceMs)]);
  }

  #client(node: string | undefined): HttpClient {
    const found = this.#clients.get(node ?? this.#emulator.cluster.firstNode.name);
    if (found === undefined)
      throw new Error(`the recording asks node '${node}', which the emulator does not have`);
    return found;
  }

  async #prepareFor(line: Recorded): Promise<void> {
    const shop = {
      emulator: this.#emulator,
      client: this.#client(undefined),
      identities: this.#identities,
      rounds: this.#rounds,
    };
    for (const preparation of this.#preparations) {
      if (preparation.group !== line.group || preparation.before !== line.n) continue;
      if (preparation.unless !== undefined && this.#groups.includes(preparation.unless)) continue;
      for (const step of preparation.steps)
        await prepare(shop, step).catch((error: unknown) => console.log(`  ! ${String(error)}`));
    }
  }

  /** A summary stands for a time of polling: what matters of it is that pvestatd came round. */
  async #pass(): Promise<undefined> {
    await this.#rounds.once();
    return undefined;
  }

  /** What a node that goes had told last is as young as its pvestatd's round. */
  async #event(line: Recorded): Promise<undefined> {
    const [, name = "", state] = /network link of (\S+) (down|up)/.exec(line.note) ?? [];
    const node = this.#emulator.cluster.nodes.get(name);
    await this.#settle(line);
    if (state === "down") await this.#rounds.once();
    if (node !== undefined) this.#emulator.cluster.setLink(node, state === "up");
    return undefined;
  }

  async #shell(line: Recorded): Promise<Verdict> {
    const { node = "", cmd = "" } = line.req;
    const result = await this.#emulator.shell(node, this.#references.translate(cmd));
    const { differences, references } = judgeShell(line, result, this.#references);
    this.#references = references;
    return { line, differences };
  }

  async #ask(line: Recorded, wire: WireRequest): Promise<readonly string[]> {
    const { clock } = this.#emulator.cluster;
    const deadline = clock.now() + (isAboutTask(line) ? taskPatienceMs : patienceMs);
    let best: Judgement | undefined;
    for (let tries = 1; ; tries += 1) {
      const mayChange = this.#mayChange(line) && clock.now() < deadline;
      const answer = await this.#client(line.req.via).send(wire);
      const judgement = judge(line, answer, this.#references);
      if (best === undefined || judgement.differences.length < best.differences.length) best = judgement;
      if (judgement.differences.length === 0 || !mayChange || answer.status !== 200) {
        this.#references = best.references;
        if (line.res.json !== undefined) this.#identities.learn(line.req, parse(answer.body.toString()));
        return best.differences;
      }
      await this.#letOneRoundPass(line, tries);
    }
  }

  /** First what pvestatd tells; only then time, which moves everything else too. */
  async #letOneRoundPass(line: Recorded, tries: number): Promise<void> {
    const { clock } = this.#emulator.cluster;
    if (isAboutTask(line)) await clock.sleep(taskRetryMs);
    else if (tries === 1) await this.#rounds.once();
    else await clock.sleep(retryMs);
  }

  /** Whether the question may soon be answered otherwise: a task still runs, or pvestatd has not come round. */
  #mayChange({ note, req }: Recorded): boolean {
    if (req.method !== "GET") return false;
    if (isAboutTask({ note })) return this.#emulator.cluster.tasks.running().length > 0;
    return asksStatus.test(req.path ?? "");
  }
}

/** Tasks that end when a console is opened or has not been for ten seconds: the recorder went on. */
const leftAlone = new Set(["vncproxy"]);

function isAboutTask({ note }: Pick<Recorded, "note">): boolean {
  return note.endsWith("-> task status") || note.endsWith("-> task log");
}

/** What shows pvestatd's rows. */
const asksStatus = /\/cluster\/(?:resources|status)|\/nodes(?:\?|$)|\/pools\//;

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
