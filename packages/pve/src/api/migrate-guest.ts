import type { PveCaller } from "../rest/pve-caller.ts";
import { type GuestPlace, inspectVmid } from "../retry/inspect-vmid.ts";
import { startTask } from "../retry/start-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";

/** Moves a stopped guest to another node, with the disks that only its own node has. */
export async function migrateGuest(
  caller: PveCaller,
  { node, vmid }: GuestPlace,
  target: string,
  signal?: AbortSignal,
): Promise<TaskResult> {
  const isMoved = async () => (await inspectVmid(caller, { node: target, vmid }, signal)) === "guest";
  return await startTask(caller, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/migrate",
    in: { node, vmid },
    params: { target },
    signal,
    reread: async () => ((await isMoved()) ? "done" : "not-done"),
  });
}
