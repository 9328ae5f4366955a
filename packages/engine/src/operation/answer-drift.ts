import { CoppiceError, driftedSettings } from "@coppice/core";
import { type Drift, seatOf } from "./drift.ts";
import type { DocumentDrift } from "./find-drift.ts";

/** Which drift somebody answers. */
export interface DriftAnswer {
  /** A seat, or the number of a machine that is nobody's. */
  readonly seat: string;
  readonly field: string;
  /** The name of its document, where several have such a seat. */
  readonly document?: string;
}

/** A drift, and the document that it is of. */
export interface AnsweredDrift {
  readonly document: DocumentDrift;
  readonly drift: Drift;
}

/**
 * Finds the one drift that an answer is about.
 *
 * @throws CoppiceError `drift.none`
 */
export function answeredDrift(
  found: readonly DocumentDrift[],
  { seat, field, document: wanted }: DriftAnswer,
): AnsweredDrift {
  const own = found.filter(({ name }) => name === (wanted ?? name));
  if (own.length === 0) throw none(`There is no document '${wanted}' here`, `there is ${names(found)}`);
  const drifts = own.flatMap((document) =>
    document.drifts.flatMap((drift) => (seatOf(drift) === seat ? [{ document, drift }] : [])),
  );
  const seated = own.filter(({ seats }) => seats.includes(seat));
  if (drifts.length === 0 && seated.length === 0) {
    throw none(`There is no seat '${seat}' in ${names(own)}`, seatsOf(own));
  }
  if (!FIELDS.includes(field) && !drifts.some(({ drift }) => drift.field === field)) {
    throw none(`'${field}' is nothing of a seat that drifts`, `that is ${FIELDS.join(", ")}`);
  }
  const [first, second] = drifts.filter(({ drift }) => drift.field === field && drift.drift !== "in-range");
  if (second !== undefined && first?.document !== second.document) {
    throw none(
      `'${seat}.${field}' is not one thing alone`,
      `${names(seated)} have it: say which by --document`,
    );
  }
  if (first !== undefined) return first;
  throw none(`'${seat}.${field}' has not drifted`, "it is as it was applied, or within what is declared");
}

const FIELDS: readonly string[] = [...Object.keys(driftedSettings), "node", "machine"];

function names(documents: readonly DocumentDrift[]): string {
  return documents.map(({ name }) => name).join(", ");
}

function seatsOf(documents: readonly DocumentDrift[]): string {
  const seats = documents.flatMap((each) => each.seats);
  if (seats.length === 0) return "nothing has been made of it";
  const listed = seats.slice(0, MOST).join(", ");
  return `there is ${listed}${seats.length > MOST ? `, … (${seats.length} in all)` : ""}`;
}

/** More names help nobody. */
const MOST = 10;

function none(what: string, why: string): CoppiceError {
  return new CoppiceError("drift.none", {
    what,
    why,
    wayOut: "Look at `coppice drift`, which names each as <seat>.<field>",
  });
}
