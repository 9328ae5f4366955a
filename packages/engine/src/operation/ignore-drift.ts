import { CoppiceError } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import { endOf, type IgnoredDrift } from "../ignored/ignored-drift.ts";
import { writeIgnored } from "../ignored/ignored-file.ts";
import type { AnsweredDrift } from "./answer-drift.ts";
import { seatOf } from "./drift.ts";
import type { DocumentsOrder, OperationParts, OperationTalk } from "./operation-parts.ts";
import { stackShares } from "./stack-plan.ts";
import { whileHeld } from "./while-held.ts";

/** What is to be ignored, and for how long. */
export interface Ignoring extends AnsweredDrift {
  /** Its last day, as `2026-12-31`. */
  readonly until: string;
}

/** Keeps beside the stack's state that a drift does not count until a day is over, as long as it is what was found. */
export async function ignoreDrift(
  parts: OperationParts,
  { order, ignoring }: { order: DocumentsOrder; ignoring: Ignoring },
  talk: OperationTalk,
): Promise<IgnoredDrift> {
  const { document, drift, until } = ignoring;
  const { kind, name } = document;
  const { field, what } = drift;
  const when = new Date().toISOString();
  const ignored = { kind, name, seat: seatOf(drift), field, what, until, who: order.who, when };
  const own = (each: SpecDocument) => each.kind === kind && each.name === name;
  for (const share of stackShares(order.documents.filter(own))) {
    await whileHeld(
      parts,
      { share, order, talk },
      async () => await writeIgnored(parts.home, share, ignored),
    );
  }
  return ignored;
}

/**
 * Refuses a day that is none, or that is over.
 *
 * @throws CoppiceError `drift.until`
 */
export function assertFuture(until: string, now: number): void {
  const end = endOf(until);
  if (now < end) return;
  throw new CoppiceError("drift.until", {
    what: `Nothing can be ignored until '${until}'`,
    why: Number.isNaN(end) ? "that is no day" : "that day is over",
    wayOut: "Give a day to come, as 2026-12-31",
  });
}
