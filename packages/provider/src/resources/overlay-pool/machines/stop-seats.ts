import { step, whenUnlocked } from "@coppice/clusters";
import {
  type GuestConfig,
  type GuestPlace,
  isDown,
  powerGuest,
  readGuestConfig,
  readGuestStatus,
} from "@coppice/pve";
import { type ClassRun, note } from "../class-run/class-run.ts";
import { eachSeat } from "../class-run/each-seat.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";
import { waitsWhileRunning } from "../plan/seat-fates.ts";
import { assertOurs } from "../seat/assert-ours.ts";

/** A seat whose disks may be replaced now, with its configuration, read when it had stopped. */
export interface StoppedSeat extends PlannedSeat {
  readonly config: GuestConfig;
}

/**
 * The machines that are stopped now, or were made to and run again at the end of the run. The others are noted on the
 * run, or wait for a later one as the class says.
 */
export async function stopSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<StoppedSeat[]> {
  const stopped = await eachSeat(run, seats, "inspect", (seat) => makeReady(run, seat));
  return [...stopped.values()].filter((seat) => seat !== undefined);
}

/** Undefined: it runs, and what is to be done waits for that. */
async function makeReady(run: ClassRun, seat: PlannedSeat): Promise<StoppedSeat | undefined> {
  const { client } = run.cluster;
  const place = { node: seat.node, vmid: seat.vmid };
  const isRunning = !isDown(await readGuestStatus(client, place));
  if (isRunning && waitsWhileRunning(run.inputs, seat)) {
    run.context.warn(`Seat '${seat.seat}' is running and keeps its disk; stop it and run again.`);
    return undefined;
  }
  assertOurs(run, seat, await readGuestConfig(client, place));
  if (isRunning) await step(run, `stop ${seat.seat}`, () => stopSeat(run, place));
  const config = await readGuestConfig(client, place);
  if (isRunning) note(run, seat.seat, { unstarted: true });
  return { ...seat, config };
}

/**
 * Stops a machine at once: what is removed or reset has nothing to save. One that HA manages has stopped only when HA
 * knows that it shall: it would start it again in the midst of our work.
 */
export async function stopSeat(run: ClassRun, place: GuestPlace): Promise<void> {
  const { client } = run.cluster;
  if (isDown(await readGuestStatus(client, place))) return;
  await whenUnlocked(run, place, () => powerGuest(client, place, "stop"));
}
