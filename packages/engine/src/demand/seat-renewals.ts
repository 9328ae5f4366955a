import { type ClassVerdict, isProperties, type Properties, type SeatFate } from "@coppice/core";

/** What resets ask for beside the seats themselves. */
export interface SeatRenewals {
  /** Seats whose former disks are kept when the run has ended. */
  readonly kept: number;
  /** Seats that get fresh disks in it. */
  readonly resets: number;
}

/** A running seat may have been stopped by the time of the run. */
const RESET: ReadonlySet<SeatFate | undefined> = new Set<SeatFate>([
  "reset",
  "reset-if-untouched",
  "running",
]);
const GIVEN_UP: ReadonlySet<SeatFate | undefined> = new Set<SeatFate>(["removed", "undone", "gone"]);

/** Counts the resets of a run by what it says of its seats; of a pool of which it says nothing, what is recorded stays. */
export function seatRenewals(verdict: ClassVerdict | undefined, recorded: Properties = {}): SeatRenewals {
  const exceptions = isProperties(recorded["exceptions"]) ? recorded["exceptions"] : {};
  const former = new Set(
    Object.entries(exceptions).flatMap(([seat, exception]) =>
      isProperties(exception) && exception["former"] !== undefined ? [seat] : [],
    ),
  );
  if (verdict === undefined) return { kept: former.size, resets: 0 };
  const resets = verdict.seats.filter(({ fates: [fate] }) => RESET.has(fate));
  const fresh = new Set(resets.map(({ seat }) => seat));
  const kept = verdict.seats.filter(
    ({ seat, fates: [fate] }) => !GIVEN_UP.has(fate) && (fresh.has(seat) || former.has(seat)),
  );
  return { kept: kept.length, resets: resets.length };
}
