import { seatFates, sizeWords } from "@coppice/core";
import { MOST_LINES, paragraph, type SaidSeat, type Words } from "./seat-paragraph.ts";

/** How seats are said that leave. */
export const REMOVED: Words = {
  one: `1 ${seatFates.removed}`,
  many: "seats are removed with all disks",
  seats: "each",
};

/** Bytes of the disks of seats that are nowhere else. */
export type OwnBytes = ReadonlyMap<string, number>;

/**
 * What nobody gets back: the seats that leave, with how much is lost with them where that is known, since a number and
 * a node say nothing of that.
 */
export function removalWords(leaving: readonly SaidSeat[], own: OwnBytes = new Map()): string {
  const seats = leaving.toSorted((a, b) => a.vmid - b.vmid);
  const loss = own.size === 0 ? "" : `; ${sizeWords(sumOf(own))} exists only there`;
  const words = { ...REMOVED, one: `${REMOVED.one}${loss}`, many: `${REMOVED.many}${loss}` };
  // Of many seats only the sum: no two have the same to note.
  if (seats.length > MOST_LINES) return paragraph(words, seats);
  return paragraph(words, seats, ({ seat }) => {
    const bytes = own.get(seat);
    return bytes === undefined ? undefined : sizeWords(bytes);
  });
}

/** All of it together. */
export function sumOf(own: OwnBytes): number {
  return [...own.values()].reduce((sum, bytes) => sum + bytes, 0);
}
