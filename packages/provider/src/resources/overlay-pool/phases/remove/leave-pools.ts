import { closingStep } from "@coppice/clusters";
import { updatePool } from "@coppice/pve";
import { type ClassRun, fail } from "../../class-run/class-run.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { forgetSeat } from "./own-machine.ts";

/** A seat whose machine is gone, and the Proxmox pool that has its number as a member still. */
export interface Membership {
  readonly seat: PlannedSeat;
  readonly pool: string | undefined;
}

/**
 * Takes the numbers of machines that are gone out of their pools, in one call a pool: the next machine of such a number
 * would be a member with all that this grants. A seat is forgotten when that is done, so that the next run comes back
 * to it; after Ctrl-C too.
 */
export async function leavePools(run: ClassRun, gone: readonly Membership[]): Promise<void> {
  for (const [pool, members] of Map.groupBy(gone, (each) => each.pool)) {
    try {
      if (pool !== undefined) await leavePool(run, pool, members);
      for (const { seat } of members) forget(run, seat);
    } catch (error) {
      for (const { seat } of members) fail(run, seat.seat, error);
    }
  }
}

async function leavePool(run: ClassRun, pool: string, members: readonly Membership[]): Promise<void> {
  const vmids = members.map(({ seat }) => seat.vmid);
  await closingStep(run, `leave pool ${pool}`, () =>
    updatePool(run.cluster.client, { poolid: pool, vmids, remove: true }),
  );
}

function forget(run: ClassRun, seat: PlannedSeat): void {
  run.vmids.vacate(seat.vmid);
  forgetSeat(run, seat);
}
