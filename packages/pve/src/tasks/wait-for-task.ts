import { PveError, type PveRequestName } from "../errors/pve-error.ts";
import { taskFailure } from "../errors/task-failure.ts";
import { optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";
import { readTaskLog } from "./task-log.ts";
import { TaskPace } from "./task-pace.ts";
import { parseUpid, type Upid } from "./upid.ts";

/** How a task ended well. */
export interface TaskResult {
  /** Absent where the call was answered without a task, or the change was found done. */
  readonly upid: string | undefined;
  /** The lines that the task logged as `WARN:`. */
  readonly warnings: readonly string[];
}

/** Options of {@link waitForTask}. */
export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
  /** The call that started the task, for the error's sake. */
  readonly request?: PveRequestName;
}

const parseStatus = shape({ status: text, exitstatus: optional(text) });
const tailLines = 20;

/**
 * Waits until a task has ended. A bad end is thrown as the typed error of its exit status, with the
 * end of its log; `WARNINGS: n` is a good end.
 */
export async function waitForTask(
  caller: PveCaller,
  upidText: string,
  options: WaitOptions = {},
): Promise<TaskResult> {
  const upid = parseUpid(upidText);
  const exitStatus = await awaitExit(caller, upid, options);
  if (exitStatus === "OK") return { upid: upid.text, warnings: [] };
  const log = await logOrNote(caller, upid, options.signal);
  if (/^WARNINGS: \d+$/.test(exitStatus)) {
    return {
      upid: upid.text,
      warnings: log
        .filter((line) => line.startsWith("WARN"))
        .map((line) => line.replace(/^WARN(ING)?:?\s*/, "")),
    };
  }
  throw taskFailure({
    ...(options.request ? { request: options.request } : {}),
    node: upid.node,
    upid: upid.text,
    exitStatus,
    logTail: log.slice(-tailLines),
    secrets: caller.secrets(),
  });
}

async function awaitExit(caller: PveCaller, upid: Upid, { signal }: WaitOptions): Promise<string> {
  const pace = TaskPace.of(caller);
  const begun = caller.clock.now();
  const passed = () => caller.clock.now() - begun;
  for (let looks = 0; ; looks += 1) {
    await sleep(caller, pace.gap(upid, looks, passed()), upid, signal);
    const { status, exitstatus } = await readStatus(caller, upid, signal);
    if (status !== "running" && !isUnreadTail(exitstatus)) {
      pace.ended(upid, looks + 1, passed());
      return exitstatus ?? "no exit status";
    }
    if (passed() >= caller.taskTimeout) throw overdue(caller, upid);
  }
}

/** Read in the instant that it ends, a task may report this instead (docs/proxmox-facts.md#unread-tail). */
function isUnreadTail(exitStatus: string | undefined): boolean {
  return exitStatus?.startsWith("unable to read tail") ?? false;
}

function readStatus(caller: PveCaller, upid: Upid, signal: AbortSignal | undefined) {
  const place = { node: upid.node, upid: upid.text };
  return caller.call({
    method: "GET",
    path: "/nodes/{node}/tasks/{upid}/status",
    in: place,
    parse: parseStatus,
    signal,
  });
}

async function sleep(
  caller: PveCaller,
  ms: number,
  upid: Upid,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await caller.clock.sleep(ms, signal);
  } catch (cause) {
    throw new PveError("pve.aborted", {
      what: `Waiting for task ${upid.type} on node ${upid.node} was stopped`,
      why: "the task itself goes on",
      node: upid.node,
      upid: upid.text,
      cause,
    });
  }
}

async function logOrNote(
  caller: PveCaller,
  upid: Upid,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  try {
    return await readTaskLog(caller, upid, signal);
  } catch (error) {
    // The task's own end matters more than its log; the reason takes the log's place.
    return [`(the log could not be read: ${error instanceof Error ? error.message : String(error)})`];
  }
}

function overdue(caller: PveCaller, upid: Upid): PveError {
  return new PveError("pve.timeout", {
    what: `Task ${upid.type} on node ${upid.node} has not ended`,
    why: `it still ran after ${Math.round(caller.taskTimeout / 1000)} s`,
    wayOut: "Look at the task in Proxmox; it goes on",
    node: upid.node,
    upid: upid.text,
  });
}
