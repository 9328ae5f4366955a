import type { Cluster } from "../kernel/cluster.ts";
import type { TaskSubject, TaskWork } from "./task-run.ts";

/**
 * Starts a task and answers its UPID, which is what most handlers return.
 *
 * @example return startTask(cluster, { node, identity, type: "qmstart", id: "100" }, async (task) => task.log("…"));
 */
export async function startTask(cluster: Cluster, subject: TaskSubject, work: TaskWork): Promise<string> {
  return (await cluster.tasks.start(subject, work)).upid;
}
