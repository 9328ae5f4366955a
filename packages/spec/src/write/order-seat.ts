import { writeField } from "./write-field.ts";

/** An order for a seat. A value that is not there yet orders it once. */
export interface SeatOrder {
  /** The name of the document. */
  readonly document: string;
  readonly order: "reset" | "undo";
  readonly seat: string;
  readonly value: string;
}

/**
 * Writes an order for a seat into a document's text, as {@link writeField} does.
 *
 * @example orderSeat(text, { document: "networks-101", order: "reset", seat: "seat-07", value: "2026-10-01T09:30" })
 */
export function orderSeat(text: string, { document, order, seat, value }: SeatOrder): string {
  return writeField(text, { document, path: [order, seat], value });
}
