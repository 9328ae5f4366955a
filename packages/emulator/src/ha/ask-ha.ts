import type { Call } from "../api/call.ts";
import { die } from "../kernel/pve-error.ts";
import type { TaskRun } from "../tasks/task-run.ts";
import type { HaOrder } from "./ha-service.ts";
import { orderHa, readManager } from "./ha-status.ts";
import { requestHaState } from "./ha-store.ts";

/** What goes on in a task that only asks HA: the guest itself follows in HA's rounds, some 20 s later. */
type Asking = (call: Call, task: TaskRun) => Promise<void>;

/** Runs the command `ha-manager`, which the task's error names when HA refuses it. */
async function tellManager({ cluster, node, params }: Call, task: TaskRun, command: string): Promise<void> {
  const sid = `vm:${params.text("vmid")}`;
  await cluster.latency.spend("perl-start", node.name, task.signal);
  if (readManager(cluster)?.service_status[sid]?.state !== "error") return;
  task.log(`service '${sid}' in error state, must be disabled and fixed first`);
  die(`command 'ha-manager ${command}' failed: exit code 255`);
}

/** The work of the task `hastart`. */
export const askHaToStart: Asking = async (call, task) => {
  const { cluster, node, params } = call;
  const vmid = params.int("vmid");
  task.log(`Requesting HA start for VM ${vmid}`);
  await tellManager(call, task, `set vm:${vmid} --state started`);
  requestHaState(cluster, node, vmid, "started");
};

/** The work of the task `hastop`: a shutdown asks for it, too, with its time-out; 0 pulls the plug. */
export function askHaToStop(seconds: number): Asking {
  return async (call, task) => {
    const { cluster, node, params } = call;
    const vmid = params.int("vmid");
    task.log(`Requesting HA stop for VM ${vmid}`);
    await tellManager(call, task, `crm-command stop vm:${vmid} ${seconds}`);
    order(call, { verb: "stop", argument: String(seconds) });
    requestHaState(cluster, node, vmid, "stopped");
  };
}

/** The work of the task `hamigrate`. */
export function askHaToMigrate(target: string): Asking {
  return async (call, task) => {
    const vmid = call.params.int("vmid");
    task.log(`Requesting HA migration for VM ${vmid} to node ${target}`);
    await tellManager(call, task, `migrate vm:${vmid} ${target}`);
    order(call, { verb: "migrate", argument: target });
  };
}

function order({ node, params }: Call, given: HaOrder): void {
  orderHa(node, `vm:${params.text("vmid")}`, given);
}
