import type { Call } from "../api/call.ts";
import { type GuestKind, haIdOf, kindNames } from "../guests/guest-kind.ts";
import { die } from "../kernel/pve-error.ts";
import type { TaskRun } from "../tasks/task-run.ts";
import { orderHa, readManager } from "./ha-status.ts";
import { requestHaState } from "./ha-store.ts";

/** What goes on in a task that only asks HA: the guest itself follows in HA's rounds, some 20 s later. */
type Asking = (call: Call, task: TaskRun) => Promise<void>;

interface Told {
  readonly sid: string;
  readonly command: string;
}

/** Runs the command `ha-manager`, which the task's error names when HA refuses it. */
async function tellManager({ cluster, node }: Call, task: TaskRun, { sid, command }: Told): Promise<void> {
  await cluster.latency.spend("perl-start", node.name, task.signal);
  if (readManager(cluster)?.service_status[sid]?.state !== "error") return;
  task.log(`service '${sid}' in error state, must be disabled and fixed first`);
  die(`command 'ha-manager ${command}' failed: exit code 255`);
}

/** The work of the task `hastart`. */
export function askHaToStart(kind: GuestKind): Asking {
  return async (call, task) => {
    const { cluster, node, params } = call;
    const vmid = params.int("vmid");
    const sid = haIdOf({ kind, vmid });
    task.log(`Requesting HA start for ${kindNames[kind].word} ${vmid}`);
    await tellManager(call, task, { sid, command: `set ${sid} --state started` });
    requestHaState(cluster, node, vmid, "started");
  };
}

/** The work of the task `hastop`: a shutdown asks for it, too, with its time-out; 0 pulls the plug. */
export function askHaToStop(kind: GuestKind, seconds: number): Asking {
  return async (call, task) => {
    const { cluster, node, params } = call;
    const vmid = params.int("vmid");
    const sid = haIdOf({ kind, vmid });
    task.log(`Requesting HA stop for ${kindNames[kind].word} ${vmid}`);
    await tellManager(call, task, { sid, command: `crm-command stop ${sid} ${seconds}` });
    orderHa(node, sid, { verb: "stop", argument: String(seconds) });
    requestHaState(cluster, node, vmid, "stopped");
  };
}

/** The work of the task `hamigrate`. */
export function askHaToMigrate(kind: GuestKind, target: string): Asking {
  return async (call, task) => {
    const vmid = call.params.int("vmid");
    const sid = haIdOf({ kind, vmid });
    task.log(`Requesting HA migration for ${kindNames[kind].word} ${vmid} to node ${target}`);
    await tellManager(call, task, { sid, command: `migrate ${sid} ${target}` });
    orderHa(call.node, sid, { verb: "migrate", argument: target });
  };
}
