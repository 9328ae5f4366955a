import type { Clock } from "@coppice/core";

/** What work on a cluster is given beside its orders. */
export interface StepContext {
  /** Aborted by Ctrl-C or when the engine is gone: finish the step in hand and start no other. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Shows a short line of progress. Cheap; call it for each step. */
  report(message: string): void;
}
