import type { Progress, ProgressVerb } from "@coppice/core";
import { reportSeat, type Tally } from "./report-seat.ts";
import { notStarted, type StepContext } from "./step.ts";
import { failureOf, type Unfinished } from "./unfinished.ts";

/** What came of a list of steps. */
export interface StepResults<Result> {
  readonly finished: ReadonlyMap<string, Result>;
  readonly unfinished: readonly Unfinished[];
}

/** How {@link runSteps} names and bounds its work. */
export interface StepOptions<Result> {
  /** What a step does to its seat. */
  readonly verb: ProgressVerb;
  /** Steps in flight at once. @default 1 */
  readonly inFlight?: number | undefined;
  /** Where a seat is, when that matters to who watches. */
  readonly nodeOf?: (seat: string) => string;
  /** Whether a seat is done with what its step gave; else it is still to come. @default it is */
  readonly isDone?: (result: Result) => boolean;
  /** The count that this work is a part of. @default one of its own */
  readonly tally?: Tally;
}

/**
 * Does one step for each seat. A failed step does not stop the others; after an abort the steps in
 * hand finish and no other starts. What was not done is named with its code and reason.
 */
export async function runSteps<Result>(
  seats: readonly string[],
  context: Pick<StepContext, "signal" | "report">,
  step: (seat: string) => Promise<Result>,
  options: StepOptions<Result>,
): Promise<StepResults<Result>> {
  const finished = new Map<string, Result>();
  const unfinished: Unfinished[] = [];
  const { verb, nodeOf, tally = { done: 0, all: seats.length }, isDone = () => true } = options;
  const report = (phase: Progress["phase"], seat: string) =>
    reportSeat(context, { verb, phase, seat, node: nodeOf?.(seat), tally });
  const queue = seats.values();
  const work = async (): Promise<void> => {
    for (const seat of queue) {
      if (context.signal.aborted) {
        unfinished.push({ item: seat, ...failureOf(notStarted()) });
        continue;
      }
      report("begun", seat);
      try {
        const result = await step(seat);
        finished.set(seat, result);
        if (isDone(result)) report("done", seat);
      } catch (error) {
        unfinished.push({ item: seat, ...failureOf(error) });
        report("failed", seat);
      }
    }
  };
  await Promise.all(Array.from({ length: options.inFlight ?? 1 }, work));
  return { finished, unfinished };
}
