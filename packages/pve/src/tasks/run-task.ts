import { PveError } from "../errors/pve-error.ts";
import type { Parser } from "../parse/parser.ts";
import { fillPath } from "../rest/fill-path.ts";
import type { PveCall, PveCaller } from "../rest/pve-caller.ts";
import { isUpid } from "./upid.ts";
import { type TaskResult, waitForTask } from "./wait-for-task.ts";

/** A call that starts a task. */
export type TaskCall = Omit<PveCall<unknown>, "parse" | "envelope">;

/**
 * A start burdens the node while its worker is forked and takes its locks. A task that lasts longer
 * than this gives its place back, else a few slow shutdowns would block every other start.
 */
const longestHold = 1_000;

const upidOrNothing: Parser<string | undefined> = (value) => {
  if (value === null || value === undefined) return undefined;
  if (isUpid(value)) return value;
  throw new PveError("pve.bad-response", { why: "a UPID was expected" });
};

/** Starts a task and waits for its end, with few starts in flight per node. Repeats nothing. */
export async function runTask(caller: PveCaller, call: TaskCall): Promise<TaskResult> {
  const request = { method: call.method, path: fillPath(call.path, call.in) };
  const release = await acquire(caller, call);
  try {
    const upid = await caller.call({ ...call, parse: upidOrNothing });
    if (upid === undefined) return { upid, warnings: [] };
    const ended = new AbortController();
    void releaseLater(caller, release, ended.signal);
    return await waitForTask(caller, upid, { signal: call.signal, request }).finally(() => ended.abort());
  } finally {
    release();
  }
}

async function acquire(caller: PveCaller, call: TaskCall): Promise<() => void> {
  try {
    return await caller.starts.acquire(String(call.in?.["node"] ?? ""), call.signal);
  } catch (cause) {
    throw new PveError("pve.aborted", {
      what: `${call.method} ${fillPath(call.path, call.in)} was not started`,
      why: "it was stopped",
      cause,
    });
  }
}

async function releaseLater(caller: PveCaller, release: () => void, ended: AbortSignal): Promise<void> {
  // Rejects when the task has ended first; its place is then given back by the caller.
  await caller.clock.sleep(longestHold, ended).then(release, () => undefined);
}
