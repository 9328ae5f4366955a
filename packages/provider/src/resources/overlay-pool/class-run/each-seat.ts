import { runSteps } from "@coppice/clusters";
import type { ClassRun } from "./class-run.ts";

/** More in flight bring nothing: a node has three workers. */
const IN_FLIGHT = 4;

/**
 * Does the same work with each of some seats, a few at once. One that fails is noted on the run with its code, and the
 * others go on. Answers, by name, what the work gave for those that are done.
 *
 * @param verb what is done with a seat, for the progress line: `resetting`
 */
export async function eachSeat<Seat extends { readonly seat: string }, Result>(
  run: ClassRun,
  seats: readonly Seat[],
  verb: string,
  work: (seat: Seat) => Promise<Result>,
  inFlight = IN_FLIGHT,
): Promise<ReadonlyMap<string, Result>> {
  const byName = new Map(seats.map((seat) => [seat.seat, seat]));
  const { finished, unfinished } = await runSteps(
    [...byName.keys()],
    run.context,
    async (name) => await work(byName.get(name) as Seat), // runSteps gives the names that it was given
    { verb, inFlight },
  );
  for (const { item, code, reason } of unfinished) run.unfinished.set(item, { code, reason });
  return finished;
}
