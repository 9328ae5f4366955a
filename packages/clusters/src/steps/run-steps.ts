import { notStarted, type StepContext } from "./step.ts";
import { failureOf, type Unfinished } from "./unfinished.ts";

/** What came of a list of steps. */
export interface StepResults<Result> {
  readonly finished: ReadonlyMap<string, Result>;
  readonly unfinished: readonly Unfinished[];
}

/** How {@link runSteps} names and bounds its work. */
export interface StepOptions {
  /** What a step does to its item, for the progress line: `writing`. */
  readonly verb: string;
  /** Steps in flight at once. @default 1 */
  readonly inFlight?: number;
}

/**
 * Does one step for each item. A failed step does not stop the others; after an abort the steps in
 * hand finish and no other starts. What was not done is named with its code and reason.
 */
export async function runSteps<Result>(
  items: readonly string[],
  context: Pick<StepContext, "signal" | "report">,
  step: (item: string) => Promise<Result>,
  options: StepOptions,
): Promise<StepResults<Result>> {
  const finished = new Map<string, Result>();
  const unfinished: Unfinished[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (context.signal.aborted) {
        unfinished.push({ item, ...failureOf(notStarted()) });
        continue;
      }
      context.report(`${options.verb} ${item} (${index + 1} of ${items.length})`);
      await step(item).then(
        (result) => finished.set(item, result),
        (error: unknown) => unfinished.push({ item, ...failureOf(error) }),
      );
    }
  };
  await Promise.all(Array.from({ length: options.inFlight ?? 1 }, work));
  return { finished, unfinished };
}
