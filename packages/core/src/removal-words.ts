import { MOST_LINES, type SaidSeat, type SeatWords, seatParagraph } from "./seat-paragraph.ts";
import { sizeWords } from "./values/size.ts";
import { seatFates } from "./verdict.ts";

/** How seats are said that leave. */
export const REMOVED_SEATS: SeatWords = {
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
  const loss = own.size === 0 ? "" : `; ${sizeWords(sumOfBytes(own))} exists only there`;
  const words = {
    ...REMOVED_SEATS,
    one: `${REMOVED_SEATS.one}${loss}`,
    many: `${REMOVED_SEATS.many}${loss}`,
  };
  // Of many seats only the sum: no two have the same to note.
  if (seats.length > MOST_LINES) return seatParagraph(words, seats);
  return seatParagraph(words, seats, ({ seat }) => {
    const bytes = own.get(seat);
    return bytes === undefined ? undefined : sizeWords(bytes);
  });
}

/** All of it together. */
export function sumOfBytes(own: OwnBytes): number {
  return [...own.values()].reduce((sum, bytes) => sum + bytes, 0);
}
