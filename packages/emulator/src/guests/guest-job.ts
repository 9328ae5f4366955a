import type { Call } from "../api/call.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { Identity } from "../kernel/identity.ts";
import type { TaskRun } from "../tasks/task-run.ts";
import { startTask } from "../tasks/tasks.ts";

/** Work on one guest inside a task: a start, a stop, a snapshot or the like. */
export interface GuestJob {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly identity: Identity;
  readonly vmid: number;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
  readonly skiplock?: boolean;
}

/** What a call asks to be worked on, while there is no task yet. */
export function subjectOf({ cluster, node, identity, params }: Call): Omit<GuestJob, "log"> {
  return { cluster, node, identity, vmid: params.int("vmid"), skiplock: params.flag("skiplock") };
}

/** The work that a call asks for, inside its task. */
export function jobOf(call: Call, task: TaskRun): GuestJob {
  return { ...subjectOf(call), log: task.log, signal: task.signal };
}

/** Does a call's work in a task and answers the UPID; the task is about the guest unless it names something else. */
export async function inTask(
  call: Call,
  type: string,
  work: (job: GuestJob) => Promise<void>,
  id = call.params.text("vmid"),
): Promise<string> {
  const { cluster, node, identity } = call;
  return await startTask(cluster, { node, identity, type, id }, (task) => work(jobOf(call, task)));
}
