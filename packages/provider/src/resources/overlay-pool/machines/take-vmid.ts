import { CoppiceError } from "@coppice/core";
import { isVmidFree } from "@coppice/pve";
import type { ClassRun } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/**
 * The next free number of the range. A token that sees no machines but its pool's asks Proxmox for each number:
 * somebody else's machines, of which it is told nothing more, may have it.
 */
export async function takeVmid(
  run: Pick<ClassRun, "vmids" | "createdInPool" | "cluster">,
  next = () => run.vmids.take(),
): Promise<number | undefined> {
  for (let vmid = next(); vmid !== undefined; vmid = next()) {
    if (run.createdInPool === undefined || (await isVmidFree(run.cluster.client, vmid))) return vmid;
  }
  return undefined;
}

/** Splits seats that are to be made by whether somebody whom the token cannot see has their number. */
export async function findHidden(
  run: ClassRun,
  seats: readonly PlannedSeat[],
): Promise<{ readonly free: readonly PlannedSeat[]; readonly taken: readonly PlannedSeat[] }> {
  if (run.createdInPool === undefined) return { free: seats, taken: [] };
  const isFree = await Promise.all(seats.map(({ vmid }) => isVmidFree(run.cluster.client, vmid)));
  return {
    free: seats.filter((_, index) => isFree[index]),
    taken: seats.filter((_, index) => !isFree[index]),
  };
}

/** Without a number of its own no machine can bring the disks. */
export function noSpareNumber({ inputs }: Pick<ClassRun, "inputs">): CoppiceError {
  const { from, to } = inputs.vmids;
  return new CoppiceError("pool.range-too-small", {
    what: `Seats of class '${inputs.class}' cannot get fresh disks`,
    why: `Proxmox makes them with a machine beside the seat, which needs a number, and none of ${from}–${to} is free`,
    wayOut: "Widen 'vmids' by one number or more (up to four of them are used at once)",
  });
}
