import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import type { ParamTable } from "../schema/param-table.ts";
import type { TaskRun } from "../tasks/task-run.ts";
import { startTask } from "../tasks/tasks.ts";
import { guestPathParams } from "./guest-params.ts";

/** The task that a power verb starts. */
export interface PowerTask {
  readonly type: string;
  readonly work: (call: Call, task: TaskRun) => Promise<void>;
}

/** Makes the power verbs of a kind of guests, whose paths begin so: checks that answer at once, then a task. */
export function powerVerbs(guestPath: string) {
  return (name: string, params: ParamTable, begin: (call: Call) => PowerTask): Route => ({
    method: "POST",
    path: `${guestPath}/status/${name}`,
    params: { ...guestPathParams, ...params },
    permission: { perm: "/vms/{vmid}", privs: ["VM.PowerMgmt"] },
    onNode: true,
    worker: true,
    async handle(call) {
      const { type, work } = begin(call);
      const subject = { node: call.node, identity: call.identity, type, id: call.params.text("vmid") };
      return await startTask(call.cluster, subject, (task) => work(call, task));
    },
  });
}
