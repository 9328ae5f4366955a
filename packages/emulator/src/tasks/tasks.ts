import { join } from "node:path";
import { identityOf } from "../kernel/identity.ts";
import { runInterruptible } from "../kernel/interruption.ts";
import { PveError } from "../kernel/pve-error.ts";
import type { TaskHost } from "./task-host.ts";
import { TaskLog } from "./task-log.ts";
import type { TaskRecord, TaskRun, TaskSubject, TaskWork } from "./task-run.ts";
import { formatUpid, parseUpid, type Upid } from "./upid.ts";

/** How many finished tasks a node remembers (its index is rotated at about 1000 entries, two generations). */
const remembered = 2000;

/** Tasks whose worker answers a signal with words of its own (qemu-server, API2/Qemu.pm); the others use pve-common's. */
const ownWords = new Set(["qmclone", "qmmove"]);

/** The outcome of a task as `(status, last log line)`. */
interface Outcome {
  readonly status: string;
  readonly line: string;
}

/** All tasks of a cluster, by node. */
export class Tasks {
  readonly #cluster: TaskHost;
  readonly #logs = new Map<string, TaskLog>();
  readonly #records = new Map<string, Map<string, TaskRecord>>();

  constructor(cluster: TaskHost) {
    this.#cluster = cluster;
    for (const node of cluster.nodes.values()) {
      const log = new TaskLog(join(node.root, "tasks"));
      this.#logs.set(node.name, log);
      this.#records.set(node.name, new Map());
      for (const line of log.load()) this.#restore(node.name, line.upid, line.endTime, line.status);
    }
  }

  /** A node's tasks in the order of their ends, running ones where they began. */
  of(node: string): TaskRecord[] {
    return [...(this.#records.get(node)?.values() ?? [])];
  }

  /** All tasks that have not ended. */
  running(): TaskRecord[] {
    return [...this.#records.values()].flatMap((records) =>
      [...records.values()].filter((record) => record.exitStatus === undefined),
    );
  }

  /** The task, or undefined when nobody knows it. */
  find(upid: string): TaskRecord | undefined {
    const node = parseUpid(upid)?.node;
    return node === undefined ? undefined : this.#records.get(node)?.get(upid);
  }

  lines(record: TaskRecord): string[] | undefined {
    return this.#logOf(record.node).read(record.logPath);
  }

  /**
   * Starts a task as a forked worker does, and answers its UPID once the fork has happened. A stopped cluster refuses:
   * its folder may be gone already.
   * `sink` also gets every line: commands on a node's shell run their tasks in the foreground.
   */
  async start(subject: TaskSubject, work: TaskWork, sink?: (line: string) => void): Promise<TaskRecord> {
    const { faults, counters, latency, stopped } = this.#cluster;
    stopped.throwIfAborted();
    const about = { node: subject.node.name, type: subject.type, user: subject.identity.authid };
    const fault = faults.take("fork", vmidOf(subject.id, about));
    if (fault?.lost) throw new PveError(500, "got no worker upid - start worker failed");
    await latency.spend("fork", subject.node.name, stopped);
    stopped.throwIfAborted();
    counters.add(`task:${subject.type}`);
    return this.#launch(subject, work, sink);
  }

  /** Asks a running task to end, as TERM to its process group does. */
  stop(record: TaskRecord): void {
    const words = ownWords.has(record.type) ? "interrupted by signal" : "received interrupt";
    record.abort.abort(new PveError(500, words));
  }

  /** Ends every running task when the emulator stops; what was cut off shows after a restart. */
  async settle(): Promise<void> {
    await Promise.all(this.running().map((record) => record.done));
  }

  #launch(subject: TaskSubject, work: TaskWork, sink?: (line: string) => void): TaskRecord {
    const parsed = this.#nextUpid(subject);
    const upid = formatUpid(parsed);
    const log = this.#logOf(subject.node.name);
    const abort = new AbortController();
    const logPath = log.pathOf(upid, parsed);
    let finish = () => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const record: TaskRecord = {
      ...recordOf(upid, parsed),
      logPath,
      endTime: undefined,
      exitStatus: undefined,
      abort,
      done,
      leaves: subject.leaves,
    };
    log.noteStart(upid);
    this.#keep(record);
    setImmediate(() => void this.#run(record, work, sink).finally(finish));
    return record;
  }

  async #run(record: TaskRecord, work: TaskWork, sink?: (line: string) => void): Promise<void> {
    const log = this.#logOf(record.node);
    let warnings = 0;
    const write = (line: string) => {
      for (const part of line.replace(/\n$/, "").split("\n")) {
        log.append(record.logPath, part);
        sink?.(part);
      }
    };
    const signal = AbortSignal.any([record.abort.signal, this.#cluster.stopped]);
    const run: TaskRun = {
      upid: record.upid,
      signal,
      log: write,
      warn: (line) => {
        warnings += 1;
        write(`WARN: ${line}`);
      },
    };
    // Cut short by a stop, which the work itself then sees too.
    await this.#cluster.latency.spend(`task:${record.type}`, record.node, signal).catch(() => undefined);
    const outcome = await this.#outcome(record, work, run, () => warnings);
    if (outcome === undefined) return;
    log.append(record.logPath, outcome.line);
    this.#end(record, outcome.status);
  }

  /** How the work ended; undefined when a fault or the stop of the emulator makes it vanish without a last line. */
  async #outcome(
    record: TaskRecord,
    work: TaskWork,
    run: TaskRun,
    warnings: () => number,
  ): Promise<Outcome | undefined> {
    const fault = this.#cluster.faults.take(
      "task",
      vmidOf(record.id, { node: record.node, type: record.type }),
    );
    if (fault?.lost) {
      record.leaves?.();
      record.endTime = this.#cluster.seconds(this.#cluster.node(record.node));
      record.exitStatus = "unexpected status";
      return undefined;
    }
    try {
      if (fault?.delayMs !== undefined) await this.#cluster.clock.sleep(fault.delayMs, run.signal);
      if (fault?.error !== undefined) throw new PveError(500, fault.error);
      await runInterruptible(record.abort.signal, () => work(run));
    } catch (error) {
      if (this.#cluster.stopped.aborted) return undefined;
      const text = messageOf(error);
      return { status: text, line: `TASK ERROR: ${text}` };
    }
    const count = warnings();
    return count === 0
      ? { status: "OK", line: "TASK OK" }
      : { status: `WARNINGS: ${count}`, line: `TASK WARNINGS: ${count}` };
  }

  #end(record: TaskRecord, status: string): void {
    record.endTime = this.#cluster.seconds(this.#cluster.node(record.node));
    record.exitStatus = status;
    // The index is written when tasks end, so lists show them in that order (recordings, qemu-clone n 329).
    const records = this.#records.get(record.node);
    if (records?.delete(record.upid)) records.set(record.upid, record);
    this.#logOf(record.node).noteEnd(record.upid, record.endTime, status);
  }

  #nextUpid(subject: TaskSubject): Upid {
    const node = this.#cluster.node(subject.node.name);
    const uptimeTicks = Math.max(1, Math.floor((this.#cluster.clock.now() - node.startedAt) / 10));
    return {
      node: node.name,
      pid: node.nextPid(),
      pstart: uptimeTicks % 0x1_0000_0000,
      startTime: this.#cluster.seconds(node),
      type: subject.type,
      id: subject.id,
      authid: subject.identity.authid,
    };
  }

  #restore(node: string, upid: string, endTime: number | undefined, status: string | undefined): void {
    const parsed = parseUpid(upid);
    if (parsed === undefined) return;
    const logPath = this.#logOf(node).pathOf(upid, parsed);
    // A task that was running when the emulator was killed has no last line.
    const exitStatus = status ?? "unexpected status";
    this.#keep({
      ...recordOf(upid, parsed),
      logPath,
      endTime: endTime ?? parsed.startTime,
      exitStatus,
      abort: new AbortController(),
      done: Promise.resolve(),
    });
  }

  #keep(record: TaskRecord): void {
    const records = this.#records.get(record.node);
    if (records === undefined) throw new Error(`no task list for node '${record.node}'`);
    records.set(record.upid, record);
    for (const [upid, old] of records) {
      if (records.size <= remembered) break;
      if (old.exitStatus !== undefined) records.delete(upid);
    }
  }

  #logOf(node: string): TaskLog {
    const log = this.#logs.get(node);
    if (log === undefined) throw new Error(`no task log for node '${node}'`);
    return log;
  }
}

/**
 * Starts a task and answers its UPID, which is what most handlers return.
 *
 * @example return startTask(cluster, { node, identity, type: "qmstart", id: "100" }, async (task) => task.log("…"));
 */
export async function startTask(
  cluster: { readonly tasks: Tasks },
  subject: TaskSubject,
  work: TaskWork,
): Promise<string> {
  return (await cluster.tasks.start(subject, work)).upid;
}

function recordOf(upid: string, parsed: Upid) {
  const { userid, tokenid } = identityOf(parsed.authid);
  const { node, pid, pstart, startTime, type, id } = parsed;
  return { upid, node, pid, pstart, startTime, type, id, userid, tokenid };
}

function vmidOf<T extends object>(id: string, subject: T): T & { vmid?: number } {
  return /^[1-9]\d{2,8}$/.test(id) ? { ...subject, vmid: Number(id) } : subject;
}

/** A task's error text: one line, as the last line of its log has it. */
function messageOf(error: unknown): string {
  const text =
    error instanceof PveError
      ? describe(error)
      : (error instanceof Error ? error.message : String(error)).trim();
  return text.replaceAll("\n", " ");
}

/** A schema error inside a task shows with its status in front, as Perl's exception objects print. */
function describe(error: PveError): string {
  if (error.errors === undefined) return error.message.trim();
  const lines = Object.entries(error.errors).map(([name, text]) => `${name}: ${text}`);
  return [`${error.status} ${error.message}`, ...lines].join("\n");
}
