import { byNode, type ClassRun } from "../class-run/class-run.ts";
import { finishFound } from "../interrupted/finish-found.ts";
import { sweep } from "../interrupted/sweep.ts";
import { changeSeats } from "../phases/change-seats.ts";
import { makeSeats } from "../phases/create/make-seats.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/** Makes the seats that are missing. What an interrupted run made of them is kept where it is whole. */
export async function makeMissing(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  const found = seats.filter((seat) => seat.found === true);
  const anew = await finishFound(run, found);
  const whole = found.filter(({ seat }) => run.seats.has(seat));
  if (whole.length > 0) await changeSeats(run, whole);
  await makeSeats(run, [...seats.filter((seat) => seat.found !== true), ...anew]);
  if (run.madeBy !== "linked" && !isSettled(run, seats))
    await sweep(run, new Set(seats.map(({ node }) => node)));
}

/**
 * A bulk batch settles its own seats, so that a class costs three channels a node. A seat alone on its node has no batch.
 */
function isSettled(run: ClassRun, seats: readonly PlannedSeat[]): boolean {
  if (run.madeBy !== "bulk") return false;
  const hasBatches = [...byNode(seats).values()].every((group) => group.length > 1);
  return hasBatches && seats.every(({ seat, found }) => found !== true && isWhole(run, seat));
}

function isWhole({ seats, unfinished }: ClassRun, seat: string): boolean {
  return seats.has(seat) && !unfinished.has(seat);
}
