import { type Amounts, addAmounts, largestAmounts, noAmounts } from "@coppice/core";
import type { EngineEvent, StepEvent } from "../events/engine-event.ts";
import type { RecordedDocument, RecordedPart } from "../stack/recorded-stack.ts";
import { plannedDemand, type UnknownDemand } from "./planned-demand.ts";
import { recordedDemand } from "./recorded-demand.ts";
import { seatRenewals } from "./seat-renewals.ts";
import { toldValues } from "./told-values.ts";

/** What a document has, and asks for: everything at its worst. */
export interface DocumentDemand {
  /** What it has. */
  readonly before: Amounts;
  /** What it comes to at most while it is applied: what leaves is there until it has left. */
  readonly peak: Amounts;
  /** What it has in the end. */
  readonly after: Amounts;
  /** What nobody can tell before the run, and why. Of these the figures hold what is known. */
  readonly unknown: readonly UnknownDemand[];
}

/**
 * What a run makes of one document, by what it tells of the resources that belong to it.
 *
 * @param events those about the document
 * @param recorded what the stack had of it
 */
export function documentDemand(
  events: readonly EngineEvent[],
  recorded: Pick<RecordedDocument, "parts"> | undefined,
): DocumentDemand {
  const told = Map.groupBy(events, (event) => (event.kind === "summary" ? undefined : event.urn));
  const known = new Map((recorded?.parts ?? []).map((part) => [part.urn, part]));
  const urns = new Set([...known.keys(), ...told.keys()]);
  const parts = [...urns].map((urn) => partDemand(told.get(urn) ?? [], known.get(urn ?? "")));
  return {
    before: addAmounts(...parts.map(({ before }) => before)),
    peak: addAmounts(...parts.map(({ peak }) => peak)),
    after: addAmounts(...parts.map(({ after }) => after)),
    unknown: parts.flatMap(({ unknown }) => unknown),
  };
}

function partDemand(events: readonly EngineEvent[], recorded: RecordedPart | undefined): DocumentDemand {
  const before = recorded === undefined ? noAmounts : recordedDemand(recorded);
  const steps = events.filter((event): event is StepEvent => event.kind === "step" && !IDLE.has(event.op));
  const made = steps.findLast(({ op }) => !LEAVING.has(op));
  if (made === undefined)
    return { before, peak: before, after: steps.length > 0 ? noAmounts : before, unknown: [] };
  const { type } = made;
  const values = toldValues(steps.filter((each) => each.op === made.op));
  const verdict = events.findLast((event) => event.kind === "verdict");
  const renewals = seatRenewals(verdict?.kind === "verdict" ? verdict.verdict : undefined, recorded?.outputs);
  const { after, peak, unknown } = plannedDemand({ type, values, renewals });
  return {
    before,
    // The former one leaves when the new one has been given to those that stand on it.
    peak: isMadeBeside(steps) ? addAmounts(before, peak) : largestAmounts(before, peak),
    after,
    unknown: unknown === undefined ? [] : [unknown],
  };
}

/** What changes nothing itself: a replacement is told by its two halves besides. */
const IDLE: ReadonlySet<string> = new Set(["refresh", "read", "replace"]);

const LEAVING: ReadonlySet<string> = new Set(["delete", "delete-replaced", "discard", "discard-replaced"]);

function isMadeBeside(steps: readonly StepEvent[]): boolean {
  const first = steps.find(({ op }) => op === "create-replacement" || LEAVING.has(op));
  return first?.op === "create-replacement";
}
