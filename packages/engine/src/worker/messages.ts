import type { EngineEvent } from "../events/engine-event.ts";
import type { Home } from "../home/open-home.ts";
import type { RunOrder } from "../run/run-order.ts";
import type { RunOutcome } from "../run/run-outcome.ts";

/** What a worker is told. */
export type ToWorker =
  | { readonly kind: "begin"; readonly home: Home; readonly pulumi: string; readonly patience: number }
  | { readonly kind: "run"; readonly order: RunOrder }
  /** In good order, or at once since the stack's lease was lost. */
  | { readonly kind: "stop"; readonly isLeaseLost: boolean };

/** What a worker tells. */
export type FromWorker =
  /** Everything is loaded. */
  | { readonly kind: "ready" }
  /** The engine that it has started. */
  | { readonly kind: "engine"; readonly pid: number }
  | { readonly kind: "event"; readonly event: EngineEvent }
  | { readonly kind: "outcome"; readonly outcome: RunOutcome };
