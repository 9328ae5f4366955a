import { foldNames } from "@coppice/core";

/** More names than these make no sentence. */
const FEW = 5;

/**
 * Seats as a sentence has them: those that count up together, and of many others how many.
 *
 * @example seatWords(["seat-01", "seat-02", "seat-03", "ada"]) // "seat-01–seat-03, ada"
 */
export function seatWords(seats: readonly string[]): string {
  const folded = foldNames(seats);
  if (folded.length <= FEW) return folded.join(", ");
  const said = folded.slice(0, FEW);
  const left = seats.length - said.reduce((sum, name) => sum + countOf(name, seats), 0);
  return `${said.join(", ")} and ${left} more`;
}

/** How many of the seats a folded name stands for. */
function countOf(folded: string, seats: readonly string[]): number {
  if (seats.includes(folded)) return 1;
  const [first = "", last = ""] = folded.split("–");
  return seats.indexOf(last) - seats.indexOf(first) + 1;
}
