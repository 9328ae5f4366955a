import type { ChangeVerdict } from "../changes/change-verdict.ts";
import { findChanges } from "../changes/find-changes.ts";
import { type Description, documentKey } from "../documents/description.ts";
import { documentUrn } from "../documents/document-urn.ts";
import type { EngineEvent } from "../events/engine-event.ts";
import type { RunOrder } from "../run/run-order.ts";
import type { RunOutcome } from "../run/run-outcome.ts";
import type { RunTalk } from "../run/run-parts.ts";
import type { DocumentsOrder, OperationParts } from "./operation-parts.ts";
import { credentialsIn, type StackPlan } from "./stack-plan.ts";

/** What one run of a stack is to do. */
export interface StackStep {
  readonly verb: RunOrder["verb"];
  /** What the program makes. */
  readonly documents: readonly Description[];
  /** What of it may change. All else of the stack stays as it is, whatever became of it. */
  readonly targets: readonly Pick<Description, "kind" | "name">[];
  readonly isTrial?: boolean;
}

/** A step, and the stack and the order that it is a part of. */
export interface StackWork {
  readonly plan: StackPlan;
  readonly order: DocumentsOrder;
  readonly step: StackStep;
}

/** What a run of a stack came to. */
export interface StackResult {
  readonly events: readonly EngineEvent[];
  readonly outcome: RunOutcome;
  readonly verdict: ChangeVerdict;
}

/**
 * Runs the engine for one stack. What the stack declares and the run does not make stays declared; the run is held to its
 * targets wherever there is anything else.
 */
export async function runStack(
  parts: OperationParts,
  { plan, order, step }: StackWork,
  talk: RunTalk,
): Promise<StackResult> {
  const { verb, documents, targets, isTrial = false } = step;
  const made = new Set(documents.map(documentKey));
  const kept = plan.declared.filter((each) => !made.has(documentKey(each)));
  const clusters = clustersOf(plan, order);
  const events: EngineEvent[] = [];
  const outcome = await parts.run(
    {
      verb,
      project: plan.project,
      stack: plan.stack,
      documents,
      kept,
      clusters,
      credentials: credentialsIn([clusters, ...documents.map(({ inputs }) => inputs)], order),
      ...(!isAll(plan, step) && { targets: targets.map((each) => documentUrn(plan, each)) }),
      ...(isTrial && { isTrial }),
      ...(order.refresh === true && { isRefreshed: true }),
      message: order.message,
      who: order.who,
    },
    {
      ...talk,
      tell: (event) => {
        events.push(event);
        talk.tell(event);
      },
    },
  );
  // A look that was cut off would tell less than there is.
  if (outcome.result === "cancelled" && (verb === "preview" || isTrial)) talk.signal.throwIfAborted();
  return {
    events,
    outcome,
    verdict: findChanges({ events, outcome, documents: targets, recorded: plan.recorded }),
  };
}

/** Whether the targets are all that the program makes and all that the stack has. */
function isAll({ recorded }: StackPlan, { documents, targets }: StackStep): boolean {
  const aimed = new Set(targets.map(documentKey));
  return [...documents, ...recorded].every((each) => aimed.has(documentKey(each)));
}

/** The cluster of the stack alone: no credential of another one is read. */
function clustersOf({ cluster }: StackPlan, { clusters }: DocumentsOrder): DocumentsOrder["clusters"] {
  const entry = clusters[cluster];
  return entry === undefined ? {} : { [cluster]: entry };
}
