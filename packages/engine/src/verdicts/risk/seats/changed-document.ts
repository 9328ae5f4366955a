import type { DocumentVerdict, SeatChange } from "../../../changes/change-verdict.ts";
import type { RecordedMachine } from "../terms/recorded-pools.ts";
import type { RiskFinding } from "../terms/risk-verdict.ts";

/** A document whose risk is judged, and what was recorded of its seats. */
export interface ChangedDocument {
  readonly cluster: string;
  readonly document: DocumentVerdict;
  /** By number of a machine, the seat as the last run recorded it. */
  readonly recorded: ReadonlyMap<number, RecordedMachine>;
  readonly now: number;
}

/** The seats of a document with one of these fates, whichever of theirs it is. */
export function seatsWith(
  { document }: ChangedDocument,
  ...fates: readonly SeatChange["change"][]
): SeatChange[] {
  return document.seats.filter(({ change, also }) => [change, ...also].some((fate) => fates.includes(fate)));
}

/** What every finding about a document says of it. */
export function about({
  cluster,
  document: { kind, name },
}: ChangedDocument): Pick<RiskFinding, "cluster" | "document"> {
  return { cluster, document: { kind, name } };
}

/** Names of seats, in their order. */
export function namesOf(seats: readonly Pick<SeatChange, "name">[]): string[] {
  return seats.map(({ name }) => name);
}
