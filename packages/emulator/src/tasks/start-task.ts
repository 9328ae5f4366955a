import type { Cluster } from "../kernel/cluster.ts";
import type { TaskRecord, TaskSubject, TaskWork } from "./task-run.ts";

/**
 * Starts a task and answers its UPID, which is what most handlers return.
 *
 * @example return startTask(cluster, { node, identity, type: "qmstart", id: "100" }, async (task) => task.log("…"));
 */
export async function startTask(cluster: Cluster, subject: TaskSubject, work: TaskWork): Promise<string> {
  return (await cluster.tasks.start(subject, work)).upid;
}

/** Runs a task as a command on a node's shell does: lines go to `sink` too, and the caller gets the ended task. */
export async function runInForeground(
  cluster: Cluster,
  subject: TaskSubject,
  work: TaskWork,
  sink: (line: string) => void,
): Promise<TaskRecord> {
  const record = await cluster.tasks.start(subject, work, sink);
  await record.done;
  return record;
}
