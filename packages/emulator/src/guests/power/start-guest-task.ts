import { startTask } from "../../tasks/tasks.ts";
import { type PowerJob, startGuest } from "./start-guest.ts";

/** Starts a machine in a task of its own and answers the UPID. */
export async function startGuestTask(job: Omit<PowerJob, "log" | "signal">): Promise<string> {
  const subject = { node: job.node, identity: job.identity, type: "qmstart", id: String(job.vmid) };
  return await startTask(job.cluster, subject, (task) =>
    startGuest({ ...job, log: task.log, signal: task.signal }),
  );
}
