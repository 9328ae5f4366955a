import { runSteps } from "@coppice/clusters";
import { type GuestConfig, readGuestConfig } from "@coppice/pve";
import { type ClassRun, fail, note, pick } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/plan-class.ts";
import { makeStopped } from "./stop-seat.ts";

/** A seat whose disks may be replaced now. */
export interface Ready {
  readonly seat: PlannedSeat;
  /** Its configuration, read when it had stopped. */
  readonly config: GuestConfig;
}

/** The machines that are stopped now, or were made to and run again at the end of the run. The others are noted on the run, or deferred as the class says. */
export async function stopAll(run: ClassRun, seats: readonly PlannedSeat[]): Promise<Ready[]> {
  const bySeat = new Map(seats.map((seat) => [seat.seat, seat]));
  const { finished, unfinished } = await runSteps(
    [...bySeat.keys()],
    run.context,
    (name) => makeReady(run, pick(bySeat, name)),
    { verb: "looking at", inFlight: 4 },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  return [...finished.values()].filter((ready) => ready !== undefined);
}

async function makeReady(run: ClassRun, seat: PlannedSeat): Promise<Ready | undefined> {
  const was = await makeStopped(run, seat);
  if (was === "deferred") return undefined;
  const config = await readGuestConfig(run.cluster.client, { node: seat.node, vmid: seat.vmid });
  if (was === "was-running") note(run, seat.seat, { unstarted: true });
  return { seat, config };
}
