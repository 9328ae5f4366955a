import type { PlannedClass, PlannedSeat } from "./planned-class.ts";
import { type OwnBytes, REMOVED, removalWords } from "./removal-words.ts";
import { driftOf, type SeatFate, seatFates } from "./seat-fates.ts";
import { paragraph, type SaidSeat, type Words } from "./seat-paragraph.ts";

/** What a plan comes to, in words. */
export interface PlanWords {
  /** What is done with all seats. */
  readonly summary: string;
  /** What somebody may lose: every seat of it by name. */
  readonly warnings: readonly string[];
  /** The one of the warnings that still holds when the plan was carried out. */
  readonly restart: string | undefined;
}

const said = (does: string, seats: Words["seats"]): Words => ({
  one: `1 seat is ${does}`,
  many: `seats are ${does}`,
  seats,
});

/** In the order in which they are said. Warnings come last of all, and of these what is lost: the question follows. */
const WORDS: Readonly<Record<SeatFate, Words>> = {
  restarted: {
    one: "1 running seat is stopped for its change of disks and started again",
    many: "running seats are stopped for their change of disks and started again",
    seats: "each",
  },
  "restart-needed": {
    one: "1 running seat takes the new settings over at its next start: restart it when it suits",
    many: "running seats take the new settings over at their next start: restart them when it suits",
    seats: "each",
  },
  unreachable: {
    one: "1 seat is on a node that is away, so this cannot be done with it now",
    many: "seats are on a node that is away, so this cannot be done with them now",
    seats: "folded",
  },
  reset: said("reset to a fresh disk; the present one is kept for undo", "each"),
  "reset-if-untouched": said("reset to a fresh disk if nobody wrote to the present one", "each"),
  undone: said("given back the disk from before the last reset", "each"),
  running: said("left for a later run, since a running seat is not reset", "each"),
  deferred: said("left on an earlier generation for now", "folded"),
  found: said("looked at first: an interrupted run began to make it", "each"),
  leftover: {
    one: "1 machine that an interrupted run left behind is removed",
    many: "machines that an interrupted run left behind are removed",
    seats: "counted",
  },
  gone: {
    one: "1 seat's machine is gone, with its disks: it is made anew",
    many: "seats' machines are gone, with their disks: they are made anew",
    seats: "each",
  },
  made: {
    ...said("made", "folded"),
    hint: "  (on numbers that are free now: one taken meanwhile gives way to the next)",
  },
  finished: said("finished: the last run did not come so far", "each"),
  drifted: {
    one: "1 seat was changed by somebody else: it is brought back to what is declared",
    many: "seats were changed by somebody else: they are brought back to what is declared",
    seats: "each",
  },
  changed: said("changed in place", "folded"),
  kept: { one: "1 seat is kept as it is", many: "seats are kept as they are", seats: "counted" },
  removed: REMOVED,
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
  const groups = new Map<string, PlannedSeat[]>();
  for (const seat of planned.plan.seats)
    for (const fate of seatFates(planned, seat)) groups.set(fate, [...(groups.get(fate) ?? []), seat]);
  const paragraphs = Object.entries(WORDS).flatMap(([fate, words]) => {
    const seats = groups.get(fate) ?? [];
    if (seats.length === 0) return [];
    if (fate === "removed") return [{ fate, text: removalWords(seats, own) }];
    const noteOf = (seat: SaidSeat) => (fate === "drifted" ? driftOf(planned, seat) : undefined);
    return [{ fate, text: paragraph(words, seats, noteOf) }];
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
