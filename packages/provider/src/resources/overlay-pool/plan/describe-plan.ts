import { foldNames } from "../../../kit/fold-names.ts";
import type { PlannedClass, PlannedSeat } from "./planned-class.ts";
import { type SeatFate, seatFates } from "./seat-fates.ts";

/** What a plan comes to, in words. */
export interface PlanWords {
  /** What is done with all seats. */
  readonly summary: string;
  /** What somebody may lose: every seat of it by name. */
  readonly warnings: readonly string[];
  /** The one of the warnings that still holds when the plan was carried out. */
  readonly restart: string | undefined;
}

interface Words {
  readonly one: string;
  readonly many: string;
  readonly seats: "each" | "folded" | "counted";
}

const said = (does: string, seats: Words["seats"]): Words => ({
  one: `1 seat is ${does}`,
  many: `seats are ${does}`,
  seats,
});

/** In the order of their weight; the first four are warnings. */
const WORDS: Readonly<Record<SeatFate, Words>> = {
  removed: said("removed with all disks", "each"),
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
  made: said("made", "folded"),
  finished: said("finished: the last run did not come so far", "each"),
  changed: said("changed in place", "folded"),
  kept: { one: "1 seat is kept as it is", many: "seats are kept as they are", seats: "counted" },
};

const WARNED: ReadonlySet<string> = new Set<SeatFate>([
  "removed",
  "restarted",
  "restart-needed",
  "unreachable",
]);

/** Seats that are said one a line; more of them are put together. */
const MOST_LINES = 40;

/**
 * Tells what a plan does: with a count where all seats fare alike, by name, number and node where somebody has to
 * know.
 */
export function describePlan(planned: PlannedClass): PlanWords {
  const groups = new Map<string, PlannedSeat[]>();
  for (const seat of planned.plan.seats)
    for (const fate of seatFates(planned, seat)) groups.set(fate, [...(groups.get(fate) ?? []), seat]);
  const paragraphs = Object.entries(WORDS).flatMap(([fate, words]) => {
    const seats = groups.get(fate) ?? [];
    return seats.length === 0 ? [] : [{ fate, text: paragraph(words, seats) }];
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

function paragraph({ one, many, seats: form }: Words, seats: readonly PlannedSeat[]): string {
  const head = seats.length === 1 ? one : `${seats.length} ${many}`;
  if (form === "counted") return head;
  if (form === "folded" || seats.length > MOST_LINES) return `${head}: ${folded(seats)}`;
  return [`${head}:`, ...rows(seats)].join("\n");
}

/** One line: names, numbers, and how many there are on each node. */
function folded(seats: readonly PlannedSeat[]): string {
  const names = foldNames(seats.map(({ seat }) => seat)).join(", ");
  const numbers = foldNames(seats.map(({ vmid }) => String(vmid))).join(", ");
  const nodes = [...Map.groupBy(seats, ({ node }) => node)].sort(([a], [b]) => a.localeCompare(b));
  const [[only] = [""]] = nodes;
  const where =
    nodes.length === 1 ? only : nodes.map(([node, group]) => `${node} ${group.length}`).join(", ");
  return `${names} as ${numbers} on ${where}`;
}

function rows(seats: readonly PlannedSeat[]): string[] {
  const width = Math.max(...seats.map(({ seat }) => seat.length));
  return seats.map(({ seat, vmid, node }) => `  ${seat.padEnd(width)}  ${vmid}  ${node}`);
}
