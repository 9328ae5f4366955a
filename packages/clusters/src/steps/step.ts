import { type Clock, CoppiceError, type Progress } from "@coppice/core";

/** What work on a cluster is given beside its orders. */
export interface StepContext {
  /**
   * Aborted by Ctrl-C or when the engine is gone: finish the step in hand and start no other. Reads may be aborted with
   * it, changes never. Its reason is an error of ours.
   */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Tells whoever watches what the work is at. Cheap; call it for each item. */
  report(progress: Progress): void;
}

/** Called around every step that changes something; tests interrupt a run there. */
export interface StepHook {
  before(step: string): Promise<void>;
  after(step: string): Promise<void>;
}

/** Work that is done step by step. */
export interface SteppedWork {
  readonly context: Pick<StepContext, "signal">;
  readonly hook?: StepHook;
}

/**
 * Does one step that changes something. After Ctrl-C none begins; one that has begun is never interrupted, since nobody
 * would know what came of it.
 *
 * @throws CoppiceError `provider.interrupted` after Ctrl-C
 */
export async function step<Result>(
  run: SteppedWork,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  run.context.signal.throwIfAborted();
  return await closingStep(run, name, work);
}

/** Does a step that ends what others began and that no later run would come back to: after Ctrl-C too. */
export async function closingStep<Result>(
  { hook }: Pick<SteppedWork, "hook">,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  await hook?.before(name);
  const result = await work();
  await hook?.after(name);
  return result;
}

/** What a change in flight is given of its context: nothing aborts it, since nobody would know what came of it. */
export function inFlight(context: Pick<StepContext, "report">): Pick<StepContext, "report"> {
  return { report: (message) => context.report(message) };
}

/** What is said of a part that a cancelled run did not come to. */
export function notStarted(): CoppiceError {
  return new CoppiceError("provider.interrupted", { what: "not started", why: "the run was cancelled" });
}
