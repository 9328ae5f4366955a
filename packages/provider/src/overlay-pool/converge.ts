import { changeSeats } from "./change-seats.ts";
import { finishFound } from "./found-seats.ts";
import { freeRetired } from "./free-retired.ts";
import { joinPool } from "./join-pool.ts";
import { makeSeats } from "./make-seats.ts";
import type { PlannedSeat } from "./plan-pool.ts";
import { isCancelled, type PoolRun } from "./pool-run.ts";
import { removeSeats } from "./remove-seats.ts";
import { resetSeats } from "./reset-seats.ts";
import { startSeats } from "./start-seats.ts";
import { freeExpired, undoSeats } from "./undo-seats.ts";

/** One phase of a run: the seats that it is about, and what it does with them. */
interface Phase {
  readonly verbs: readonly PlannedSeat["verb"][];
  readonly work: (run: PoolRun, seats: readonly PlannedSeat[]) => Promise<void>;
}

/** Phases in the order in which they free and take room: what leaves goes first. */
const PHASES: readonly Phase[] = [
  { verbs: ["remove"], work: removeSeats },
  { verbs: ["undo"], work: undoSeats },
  { verbs: ["reset", "reset-if-untouched"], work: resetSeats },
  { verbs: ["change", "finish"], work: changeSeats },
  { verbs: ["make"], work: makeNew },
];

/** Brings a pool from what is to what is wanted, phase by phase; after Ctrl-C no further phase starts. */
export async function converge(run: PoolRun): Promise<void> {
  for (const { verbs, work } of PHASES) {
    const seats = run.plan.seats.filter(({ verb }) => verbs.includes(verb));
    if (seats.length > 0 && !isCancelled(run)) await work(run, seats);
  }
  if (isCancelled(run)) return;
  await joinPool(run);
  await freeExpired(run);
  await freeRetired(run);
}

async function makeNew(run: PoolRun, seats: readonly PlannedSeat[]): Promise<void> {
  const anew = await finishFound(
    run,
    seats.filter(({ found }) => found === true),
  );
  await makeSeats(run, [...seats.filter(({ found }) => found !== true), ...anew]);
  if (run.inputs.start === "after-create" && !isCancelled(run)) await startSeats(run, seats);
}
