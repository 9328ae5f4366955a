import { seatOfSpare } from "@coppice/clusters";
import {
  type OwnBytes,
  REMOVED_SEATS,
  removalWords,
  type SaidSeat,
  type SeatFate,
  type SeatWords,
  seatFates,
  seatParagraph,
} from "@coppice/core";
import type { PlannedClass, PlannedSeat } from "./planned-class.ts";
import { driftOf, fatesOfSeat } from "./seat-fates.ts";

/** What a plan comes to, in words. */
export interface PlanWords {
  /** What is done with all seats. */
  readonly summary: string;
  /** What somebody may lose: every seat of it by name. */
  readonly warnings: readonly string[];
  /** The one of the warnings that still holds when the plan was carried out. */
  readonly restart: string | undefined;
}

const seatsAre = (does: string, seats: SeatWords["seats"]): Many => ({ many: `seats are ${does}`, seats });

/** What is said of several; of one, what core says. */
type Many = Omit<SeatWords, "one">;

/** In the order in which they are said. Warnings come last of all, and of these what is lost: the question follows. */
const WORDS: Readonly<Record<SeatFate, Many>> = {
  restarted: {
    many: "running seats are stopped for their change of disks and started again",
    seats: "each",
  },
  "restart-needed": {
    many: "running seats take the new settings over at their next start: restart them when it suits",
    seats: "each",
  },
  unreachable: {
    many: "seats are on a node that is away, so this cannot be done with them now",
    seats: "folded",
  },
  reset: seatsAre("reset to a fresh disk; the present one is kept for undo", "each"),
  "reset-if-untouched": seatsAre("reset to a fresh disk if nobody wrote to the present one", "each"),
  undone: seatsAre("given back the disk from before the last reset", "each"),
  running: seatsAre("left for a later run, since a running seat is not reset", "each"),
  deferred: seatsAre("left on an earlier generation for now", "folded"),
  found: seatsAre("looked at first: an interrupted run began to make them", "each"),
  leftover: { many: "machines that an interrupted run left behind are removed", seats: "each" },
  gone: { many: "seats' machines are gone, with their disks: they are made anew", seats: "each" },
  made: {
    ...seatsAre("made", "folded"),
    hint: "  (on numbers that are free now: one taken meanwhile gives way to the next)",
  },
  finished: seatsAre("finished: the last run did not come so far", "each"),
  drifted: {
    many: "seats were changed by somebody else: they are brought back to what is declared",
    seats: "each",
  },
  changed: seatsAre("changed in place", "folded"),
  kept: { many: "seats are kept as they are", seats: "counted" },
  removed: REMOVED_SEATS,
};

const WARNED: ReadonlySet<string> = new Set<SeatFate>([
  "removed",
  "restarted",
  "restart-needed",
  "unreachable",
]);

/**
 * Tells what a plan does: with a count where all seats fare alike, by name, number and node where somebody has to
 * know. `own` says of seats that are removed how much is lost with them, where that is known.
 */
export function describePlan(planned: PlannedClass, own: OwnBytes = new Map()): PlanWords {
  const groups = new Map<SeatFate, PlannedSeat[]>();
  for (const seat of planned.plan.seats)
    for (const fate of fatesOfSeat(planned, seat)) groups.set(fate, [...(groups.get(fate) ?? []), seat]);
  // as: the keys are those of the table.
  const table = Object.entries(WORDS) as [SeatFate, Many][];
  const paragraphs = table.flatMap(([fate, words]): { fate: SeatFate; text: string }[] => {
    const seats = groups.get(fate) ?? [];
    if (seats.length === 0) return [];
    if (fate === "removed") return [{ fate, text: removalWords(seats, own) }];
    const said = fate === "leftover" ? seats.map(asItsSeat) : seats;
    const noteOf = (seat: SaidSeat) => (fate === "drifted" ? driftOf(planned, seat) : undefined);
    return [{ fate, text: seatParagraph({ ...words, one: `1 ${seatFates[fate]}` }, said, noteOf) }];
  });
  const isWarned = ({ fate }: { fate: string }) => WARNED.has(fate);
  return {
    summary: paragraphs
      .filter((each) => !isWarned(each))
      .map(({ text }) => text)
      .join("\n"),
    warnings: paragraphs.filter(isWarned).map(({ text }) => text),
    restart: paragraphs.find(({ fate }) => fate === "restart-needed")?.text,
  };
}

/** A spare machine is told under the name of the seat that it was made for. */
function asItsSeat(machine: SaidSeat): SaidSeat {
  return { ...machine, seat: seatOfSpare(machine.seat) ?? machine.seat };
}
