import type { PveCaller } from "../rest/pve-caller.ts";
import type { GuestPlace } from "../retry/inspect-vmid.ts";
import { startTask } from "../retry/start-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";
import { readGuestConfig } from "./guests.ts";

/** A disk whose content goes into a volume of its own, which takes its place; the former one stays as `unusedN`. */
export interface DiskCopy {
  readonly place: GuestPlace;
  /** Where the disk is plugged in, for example `scsi0`. */
  readonly slot: string;
  /** Where the copy goes: another storage, or another format on the same one. */
  readonly storage: string;
  readonly format?: "qcow2" | "raw";
}

/**
 * Copies a disk in full and plugs the copy in (`move_disk` to a storage). Proxmox names the copy in the configuration when
 * all of it is there, so a task that was cut off has changed nothing but the room that it took.
 */
export async function copyDisk(caller: PveCaller, copy: DiskCopy, signal?: AbortSignal): Promise<TaskResult> {
  const { place, slot, storage, format } = copy;
  const before = await volumeAt(caller, copy);
  return await startTask(caller, {
    method: "POST",
    path: "/nodes/{node}/qemu/{vmid}/move_disk",
    in: { ...place },
    params: { disk: slot, storage, format },
    signal,
    reread: async () => ((await volumeAt(caller, copy)) === before ? "not-done" : "done"),
  });
}

async function volumeAt(caller: PveCaller, { place, slot }: DiskCopy): Promise<string | undefined> {
  return (await readGuestConfig(caller, place)).values[slot]?.split(",")[0];
}
