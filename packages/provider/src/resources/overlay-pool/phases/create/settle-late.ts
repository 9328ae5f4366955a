import { readCluster, waitForCreate } from "@coppice/clusters";
import type { ClassRun } from "../../class-run/class-run.ts";
import { findUnrecorded } from "../../interrupted/find-unrecorded.ts";
import { finishFound } from "../../interrupted/finish-found.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";

/**
 * Settles seats whose number turned out to be taken by what the token could not see. With rights in a pool alone that
 * may be a create of ours that an interrupted run sent off: it goes on without its client and is seen at its end. What
 * it made is recorded or removed; answers the seats that need another number.
 */
export async function settleLate(run: ClassRun, taken: readonly PlannedSeat[]): Promise<PlannedSeat[]> {
  if (taken.length === 0) return [];
  // Only tasks of our own are shown to such a token.
  for (const seat of taken) await waitForCreate(run.cluster, seat, run.context);
  const { guests } = await findUnrecorded(run, await readCluster(run.cluster), run.mark);
  const late = taken.flatMap((seat): PlannedSeat[] => {
    const guest = guests.get(seat.vmid);
    return guest?.seat === seat.seat ? [{ ...seat, node: guest.node, found: true }] : [];
  });
  await finishFound(run, late);
  return taken.filter(({ seat }) => !run.seats.has(seat) && !run.unfinished.has(seat));
}
