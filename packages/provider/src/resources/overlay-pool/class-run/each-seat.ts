import { runSteps, type StepOptions } from "@coppice/clusters";
import type { ProgressVerb } from "@coppice/core";
import type { ClassRun } from "./class-run.ts";

/** More in flight bring nothing: a node has three workers. */
const IN_FLIGHT = 4;

/** What {@link eachSeat} may be told besides. */
type Options<Result> = Pick<StepOptions<Result>, "inFlight" | "isDone" | "tally">;

/**
 * Does the same work with each of some seats, a few at once. One that fails is noted on the run with its code, and the
 * others go on. Answers, by name, what the work gave for those that are done.
 */
export async function eachSeat<Seat extends { readonly seat: string; readonly node: string }, Result>(
  run: ClassRun,
  seats: readonly Seat[],
  verb: ProgressVerb,
  work: (seat: Seat) => Promise<Result>,
  options: Options<Result> = {},
): Promise<ReadonlyMap<string, Result>> {
  const byName = new Map(seats.map((seat) => [seat.seat, seat]));
  const seatOf = (name: string) => byName.get(name) as Seat; // runSteps gives the names that it was given
  const { finished, unfinished } = await runSteps(
    [...byName.keys()],
    run.context,
    async (name) => await work(seatOf(name)),
    { verb, inFlight: IN_FLIGHT, nodeOf: (name) => seatOf(name).node, ...options },
  );
  for (const { item, code, reason } of unfinished) run.unfinished.set(item, { code, reason });
  return finished;
}
