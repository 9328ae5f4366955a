import { reasonOf, runSteps } from "@coppice/clusters";
import type { GuestPlace } from "@coppice/pve";
import { type ClassRun, fail, pick } from "../../class-run/class-run.ts";
import { creationsInFlight } from "../../machines/in-flight.ts";
import type { Ready } from "../../machines/stop-seats.ts";
import { isReset, resetSeat } from "./reset-seat.ts";
import { makeSpare, removeSpare } from "./spare-machine.ts";
import { bringDisks, freeWaiting } from "./waiting-disks.ts";

/**
 * Resets machines through the API alone, where disks are no files or no shell is at hand: Proxmox clones the generation
 * into a spare machine, whose disks then become the seat's.
 */
export async function resetByClone(run: ClassRun, ready: readonly Ready[]): Promise<void> {
  const bySeat = new Map(ready.map((each) => [each.seat.seat, each]));
  const { unfinished } = await runSteps(
    [...bySeat.keys()],
    run.context,
    (name) => resetOne(run, pick(bySeat, name)),
    { verb: "resetting", inFlight: Math.max(1, run.vmids.left(creationsInFlight(run, 1))) },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
}

async function resetOne(run: ClassRun, ready: Ready): Promise<void> {
  if (isReset(run, ready)) return await resetSeat(run, ready, undefined);
  const { seat, config } = ready;
  await freeWaiting(run, seat, config);
  const spare = await makeSpare(run, seat);
  try {
    const { config: brought, volumes } = await bringDisks(run, seat, spare);
    await resetSeat(run, { seat, config: brought }, volumes);
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
        `${reasonOf(error)} The next run removes it.`,
    ),
  );
}
