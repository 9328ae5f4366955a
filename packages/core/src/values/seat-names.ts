/**
 * Names of the seats of a class that has a number of seats and no roster: `seat-01`, `seat-02`, …, `seat-100`.
 * A name never changes when the class grows, since it is the key under which the seat's machine is kept.
 *
 * @example seatNames(2) // ["seat-01", "seat-02"]
 */
export function seatNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `seat-${String(index + 1).padStart(2, "0")}`);
}
