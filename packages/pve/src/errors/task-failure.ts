import { errorCodes } from "@coppice/core";
import { classifyMessage } from "./classify-message.ts";
import { PveError, type PveErrorCode, type PveRequestName } from "./pve-error.ts";
import { redact } from "./redact.ts";
import { tellingLines } from "./telling-lines.ts";

/** A task that ended, but not well. */
export interface FailedTask {
  readonly request?: PveRequestName;
  readonly node: string;
  readonly upid: string;
  readonly exitStatus: string;
  readonly logTail: readonly string[];
  readonly secrets: readonly string[];
}

/** Turns a task's bad exit status into the same kind of error that an HTTP status becomes. */
export function taskFailure(task: FailedTask): PveError {
  const exitStatus = redact(task.exitStatus, task.secrets).trim();
  const type = task.upid.split(":")[5] ?? "unknown";
  const logTail = task.logTail.map((line) => redact(line, task.secrets));
  const code = codeOf(exitStatus, logTail);
  const asked = task.request ? ` (${task.request.method} ${task.request.path})` : "";
  return new PveError(code, {
    ...(task.request ? { request: task.request } : {}),
    what: `Task ${type} on node ${task.node} failed${asked}`,
    why: [exitStatus, tellingLines(exitStatus, logTail).join("; ")].filter((text) => text !== "").join(": "),
    wayOut: errorCodes[code].wayOut,
    node: task.node,
    upid: task.upid,
    exitStatus,
    logTail,
  });
}

/** Of a program that failed the exit status often says its exit code only, and the log that a disk was full. */
function codeOf(exitStatus: string, logTail: readonly string[]): PveErrorCode {
  const code = classifyMessage(exitStatus) ?? "pve.task-failed";
  const isFull = logTail.some((line) => classifyMessage(line) === "pve.no-space");
  return code === "pve.task-failed" && isFull ? "pve.no-space" : code;
}
