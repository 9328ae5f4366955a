import { CoppiceError } from "@coppice/core";
import { byNode, type ClassRun, fail } from "../class-run/class-run.ts";
import { finishFound } from "../interrupted/finish-found.ts";
import { sweep } from "../interrupted/sweep.ts";
import { changeSeats } from "../phases/change-seats.ts";
import { makeSeats } from "../phases/create/make-seats.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/** Makes the seats that are missing. What an interrupted run made of them is kept where it is whole. */
export async function makeMissing(run: ClassRun, missing: readonly PlannedSeat[]): Promise<void> {
  const seats = missing.filter((seat) => hasOwnAddress(run, seat));
  const found = seats.filter((seat) => seat.found === true);
  const anew = await finishFound(run, found);
  const whole = found.filter(({ seat }) => run.seats.has(seat));
  if (whole.length > 0) await changeSeats(run, whole);
  await makeSeats(run, [...seats.filter((seat) => seat.found !== true), ...anew]);
  if (run.madeBy !== "linked" && !isSettled(run, seats))
    await sweep(run, new Set(seats.map(({ node }) => node)));
}

/** Two machines of one address would take each other off the network: a seat waits for one that was to leave and did not. */
function hasOwnAddress(run: ClassRun, { seat, place }: PlannedSeat): boolean {
  if (run.inputs.cloudInit?.address === undefined) return true;
  const holder = run.plan.seats.find(
    (each) => each.verb === "remove" && each.place === place && run.seats.has(each.seat),
  );
  if (holder === undefined) return true;
  const error = new CoppiceError("pool.address-held", {
    what: `Seat '${seat}' was not made`,
    why: `its address is still that of seat '${holder.seat}', which was not removed`,
    wayOut: "The next run removes that one, or gives this one another address",
  });
  fail(run, seat, error);
  return false;
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
