import { markedName, ownerOf, step } from "@coppice/clusters";
import { deleteGuest, type GuestConfig, type GuestPlace, inspectVmid, readGuestConfig } from "@coppice/pve";
import { type ClassRun, isCancelled } from "../class-run/class-run.ts";
import { eachSeat } from "../class-run/each-seat.ts";
import { removeUnrecorded } from "../interrupted/remove-unrecorded.ts";
import { sweep } from "../interrupted/sweep.ts";
import { stopSeat } from "../machines/stop-seats.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/** Removes machines with all their disks. One that does not carry our mark any more is left alone and named. */
export async function removeSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  const removed = await eachSeat(run, seats, "remove", (seat) => removeSeat(run, seat));
  if (run.madeBy !== "linked" && removed.size > 0 && !isCancelled(run))
    await sweep(run, new Set(seats.map(({ node }) => node)));
}

async function removeSeat(run: ClassRun, seat: PlannedSeat): Promise<void> {
  const place = { node: seat.node, vmid: seat.vmid };
  const config = await ownConfig(run, seat, place);
  if (config !== undefined) {
    await step(run, `stop ${seat.seat}`, () => stopSeat(run, place));
    const name = markedName(ownerOf(config, run.mark)) ?? seat.seat;
    const isLeft = seat.found === true || name !== seat.seat;
    await step(run, `remove ${seat.seat}`, async () =>
      isLeft
        ? await removeUnrecorded(run, name, place, config)
        : await deleteGuest(run.cluster.client, place, { unreferencedDisks: true }),
    );
    run.vmids.vacate(seat.vmid);
  }
  run.seats.delete(seat.seat);
  run.exceptions.delete(seat.seat);
}

/** Undefined where nothing is ours: the machine is gone already, or somebody else has taken its number since. */
async function ownConfig(
  run: ClassRun,
  { seat, vmid }: PlannedSeat,
  place: GuestPlace,
): Promise<GuestConfig | undefined> {
  if (!run.observed.guests.has(vmid)) return undefined;
  const state = await inspectVmid(run.cluster.client, place);
  if (state === "free" || state === "hidden") return undefined;
  const config = await readGuestConfig(run.cluster.client, place);
  // A spare of an interrupted run may stand on the number of a machine that had left.
  const owner = ownerOf(config, run.mark);
  if (owner.kind === "spare" || markedName(owner) === seat) return config;
  run.context.warn(
    `Guest ${vmid} on ${place.node} was recorded as seat '${seat}' but does not carry its mark: it is left alone.`,
  );
  return undefined;
}
