import type { PveCaller } from "../rest/pve-caller.ts";
import { type GuestPlace, inspectVmid } from "../retry/inspect-vmid.ts";
import type { Reread } from "../retry/repeat-after-reread.ts";
import { startTask } from "../retry/start-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";
import { readGuestConfig } from "./guests.ts";

/** A disk that goes from one machine to another: both are stopped and on one node. */
export interface DiskMove {
  readonly from: GuestPlace;
  /** Where the disk is plugged in now, for example `scsi0`. */
  readonly slot: string;
  readonly to: GuestPlace;
  /** The key that it gets there, for example `unused255`. */
  readonly key: string;
}

/** Gives a disk to another machine. Proxmox only renames it, so it stays on the base that it stands on. */
export async function moveDisk(caller: PveCaller, move: DiskMove, signal?: AbortSignal): Promise<TaskResult> {
  const { from, slot, to, key } = move;
  return await startTask(caller, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/move_disk",
    in: { node: from.node, vmid: from.vmid },
    params: { disk: slot, "target-vmid": to.vmid, "target-disk": key },
    signal,
    reread: () => lookAt(caller, move),
  });
}

async function lookAt(caller: PveCaller, { from, slot, to, key }: DiskMove): Promise<Reread> {
  if ((await readGuestConfig(caller, to)).values[key] !== undefined) return "done";
  if ((await inspectVmid(caller, from)) !== "guest") return "unclear";
  return (await readGuestConfig(caller, from)).values[slot] === undefined ? "unclear" : "not-done";
}
