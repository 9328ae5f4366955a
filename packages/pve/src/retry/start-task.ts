import type { PveCaller } from "../rest/pve-caller.ts";
import { runTask, type TaskCall } from "../tasks/run-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";
import { type RereadState, repeatAfterReread } from "./repeat-after-reread.ts";

/**
 * Starts a task and waits for its end; starts it again after a lock time-out, "got no worker upid" or
 * a broken connection, but only once `reread` has found that nothing was done.
 *
 * @example
 * await startTask(client, {
 *   method: "POST", path: "/nodes/{node}/qemu/{vmid}/status/start", in: { node: "pve1", vmid: 100 },
 *   reread: async () => ((await guestStatus(client, guest)).status === "running" ? "done" : "not-done"),
 * });
 */
export async function startTask(
  caller: PveCaller,
  call: TaskCall & { readonly reread: RereadState },
): Promise<TaskResult> {
  const { reread, ...task } = call;
  const options = { reread, signal: call.signal };
  return (
    (await repeatAfterReread(caller.clock, () => runTask(caller, task), options)) ?? {
      upid: undefined,
      warnings: [],
    }
  );
}
