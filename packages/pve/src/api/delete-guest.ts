import type { PveCaller } from "../rest/pve-caller.ts";
import { type GuestPlace, inspectVmid } from "../retry/inspect-vmid.ts";
import { isMissingGuest } from "../retry/is-missing-guest.ts";
import type { Reread } from "../retry/repeat-after-reread.ts";
import { startTask } from "../retry/start-task.ts";
import type { TaskResult } from "../tasks/wait-for-task.ts";
import { ensureQuorum } from "./ensure-quorum.ts";

/** How a guest is deleted. */
export interface DeleteOptions {
  /** Also takes it out of backup jobs, HA and pools. @default true */
  readonly purge?: boolean;
  /** Also removes disks of that vmid that no config names. @default false */
  readonly unreferencedDisks?: boolean;
  /** Asks whether the cluster is quorate. Leave out to ask it with {@link ensureQuorum}. */
  readonly assertQuorate?: (signal: AbortSignal | undefined) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Deletes a stopped guest with its disks, after making sure of quorum. One that is gone already is no error. */
export async function deleteGuest(
  caller: PveCaller,
  place: GuestPlace,
  options: DeleteOptions = {},
): Promise<TaskResult> {
  const { signal } = options;
  await (options.assertQuorate ? options.assertQuorate(signal) : ensureQuorum(caller, place, signal));
  try {
    return await startTask(caller, {
      method: "DELETE",
      path: "/nodes/{node}/qemu/{vmid}",
      in: { ...place },
      params: {
        purge: options.purge ?? true,
        "destroy-unreferenced-disks": options.unreferencedDisks ?? false,
      },
      signal,
      reread: () => lookAgain(caller, place, signal),
    });
  } catch (error) {
    if (isMissingGuest(error, place.vmid)) return { upid: undefined, warnings: [] };
    throw error;
  }
}

async function lookAgain(
  caller: PveCaller,
  place: GuestPlace,
  signal: AbortSignal | undefined,
): Promise<Reread> {
  const state = await inspectVmid(caller, place, signal);
  // Rights that come from a pool end with the guest.
  return state === "free" || state === "hidden" ? "done" : "not-done";
}
