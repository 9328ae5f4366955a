import { notStarted } from "@coppice/clusters";
import { type ClassRun, fail, isCancelled } from "../class-run/class-run.ts";
import { sweep } from "../interrupted/sweep.ts";
import { freeRetired } from "../phases/free-retired.ts";
import { removeSeats } from "../phases/remove/remove-seats.ts";
import { resetSeats } from "../phases/reset/reset-seats.ts";
import { freeExpired, undoSeats } from "../phases/reset/undo-seats.ts";
import { settlePool } from "../phases/settle-pool.ts";
import { startSeats } from "../phases/start-seats.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";
import { changePresent } from "./change-present.ts";
import { makeMissing } from "./make-missing.ts";

/** One phase of a run: the seats that it is about, and what it does with them. */
interface Phase {
  readonly takes: (seat: PlannedSeat) => boolean;
  readonly work: (run: ClassRun, seats: readonly PlannedSeat[]) => Promise<void>;
}

/** Phases in the order in which they free and take room: what leaves goes first. */
const PHASES: readonly Phase[] = [
  { takes: ({ verb }) => verb === "remove", work: removeSeats },
  { takes: ({ verb }) => verb === "undo", work: undoSeats },
  { takes: ({ verb }) => verb === "reset" || verb === "reset-if-untouched", work: resetSeats },
  {
    takes: ({ verb, settings }) =>
      verb === "change" || verb === "finish" || verb === "repair" || settings === true,
    work: changePresent,
  },
  { takes: ({ verb }) => verb === "make", work: makeMissing },
];

/** Brings a class from what is to what is wanted, phase by phase; after Ctrl-C no further phase starts. */
export async function converge(run: ClassRun): Promise<void> {
  for (const { takes, work } of PHASES) {
    const seats = run.plan.seats.filter(takes);
    if (seats.length === 0) continue;
    if (isCancelled(run)) leaveSeats(run, seats, notStarted());
    else await work(run, seats).catch((error: unknown) => leaveSeats(run, seats, error));
  }
  if (run.recorded === undefined && run.plan.seats.length === 0) await leaveNothing(run);
  await startSeats(run);
  // Those that it does not come to after Ctrl-C are named: nothing else would tell the next run of them.
  await settlePool(run);
  if (isCancelled(run)) return;
  await freeExpired(run);
  await freeRetired(run);
}

/** A class that begins without seats may have begun with some before: a run that was cut off is in no state. */
async function leaveNothing(run: ClassRun): Promise<void> {
  if (run.madeBy !== "linked") await sweep(run, new Set(Object.keys(run.inputs.base.copies)));
}

/**
 * The state is about to say that the seats are as the inputs want them: those that may not be are named. What stopped a
 * phase as a whole must not lose what the run has done so far.
 */
function leaveSeats(run: ClassRun, seats: readonly PlannedSeat[], error: unknown): void {
  for (const { seat, verb } of seats) {
    const isMade = verb === "make" && run.seats.has(seat);
    if (!isMade && !run.unfinished.has(seat)) fail(run, seat, error);
  }
}
