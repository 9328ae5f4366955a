import { CoppiceError, creationsInFlight } from "@coppice/core";
import type { GuestPlace } from "@coppice/pve";
import type { ClassRun } from "../../class-run/class-run.ts";
import { eachSeat } from "../../class-run/each-seat.ts";
import type { StoppedSeat } from "../../machines/stop-seats.ts";
import { isReset, resetSeat } from "./reset-seat.ts";
import { makeSpare, removeSpare } from "./spare-machine.ts";
import { bringDisks, freeWaiting } from "./waiting-disks.ts";

/**
 * Resets machines through the API alone, where disks are no files or no shell is at hand: Proxmox clones the generation
 * into a spare machine, whose disks then become the seat's.
 */
export async function resetByClone(run: ClassRun, seats: readonly StoppedSeat[]): Promise<void> {
  const most = creationsInFlight({ madeBy: run.madeBy, base: run.inputs.base }, 1);
  const inFlight = Math.max(1, run.vmids.left(most));
  await eachSeat(run, seats, "reset", (seat) => resetOne(run, seat), { inFlight });
}

async function resetOne(run: ClassRun, seat: StoppedSeat): Promise<void> {
  if (isReset(run, seat)) return await resetSeat(run, seat, undefined);
  await freeWaiting(run, seat, seat.config);
  const spare = await makeSpare(run, seat);
  try {
    const { config, volumes } = await bringDisks(run, seat, spare);
    await resetSeat(run, { ...seat, config }, volumes);
  } catch (error) {
    await clearAway(run, seat.seat, spare);
    throw error;
  }
  await removeSpare(run, seat.seat, spare);
}

/** What went wrong before matters more than what is wrong with the spare: that is the next run's again. */
async function clearAway(run: ClassRun, seat: string, spare: GuestPlace): Promise<void> {
  await removeSpare(run, seat, spare).catch((error: unknown) =>
    run.context.warn(
      `Machine ${spare.vmid}, which was to bring the fresh disks of seat '${seat}', is still there: ` +
        `${CoppiceError.of(error).message}. The next run removes it.`,
    ),
  );
}
