import type { Method } from "../../api/call.ts";
import { runCall } from "../../api/run-call.ts";
import { rootIdentity } from "../../kernel/identity.ts";
import type { PveError } from "../../kernel/pve-error.ts";
import type { ParamTable } from "../../schema/param-table.ts";
import type { TaskRecord } from "../../tasks/task-run.ts";
import type { CommandContext } from "./command-context.ts";

/** The parameters a path takes, with their types: how options on a command line are understood. */
export function paramsOf(context: CommandContext, method: Method, path: string): ParamTable {
  return context.router.find(method, path)?.route.params ?? {};
}

/** Calls the API as root@pam on the node itself, the very code that requests reach. */
export async function callApi(
  context: CommandContext,
  method: Method,
  path: string,
  params: Iterable<readonly [string, string]> = [],
): Promise<unknown> {
  const { cluster, router, node } = context;
  return await runCall(cluster, router, {
    method,
    path,
    raw: new Map(params),
    identity: rootIdentity,
    entry: node,
  });
}

/** True for an answer that is a task of this cluster. */
export function isUpid(value: unknown): value is string {
  return typeof value === "string" && /^UPID:.*:$/.test(value);
}

/** Waits for a task and prints what it logged, as a task in the foreground does; the last line only tells the outcome. */
export async function followTask(context: CommandContext, upid: string): Promise<TaskRecord | undefined> {
  const task = context.cluster.tasks.find(upid);
  if (task === undefined) return undefined;
  await task.done;
  const lines = context.cluster.tasks.lines(task) ?? [];
  for (const line of lines) if (!/^TASK (?:OK|ERROR|WARNINGS)/.test(line)) context.output.out(`${line}\n`);
  return task;
}

/** How a foreground task ends a command: 0 for success and warnings, else 255 with the error's text. */
export async function endWithTask(context: CommandContext, upid: string): Promise<number> {
  const task = await followTask(context, upid);
  const status = task?.exitStatus ?? "unexpected status";
  if (status === "OK") return 0;
  const warnings = /^WARNINGS: (\d+)$/.exec(status)?.[1];
  if (warnings !== undefined) {
    context.output.err(`Task finished with ${warnings} warning(s)!\n`);
    return 0;
  }
  context.output.err(`${status}\n`);
  return 255;
}

/** Prints an API refusal as the tools do; the exit code is Perl's errno and only known not to be zero. */
export function printRefusal(context: CommandContext, error: PveError, usage: string): number {
  const { output } = context;
  if (error.errors === undefined) {
    output.err(`${error.message}\n`);
    return /already exists/.test(error.message) ? 17 : 2;
  }
  output.err("400 Parameter verification failed.\n");
  for (const [name, text] of Object.entries(error.errors)) output.err(`${name}: ${text.trimEnd()}\n`);
  output.err(`${usage}\n`);
  return 255;
}
