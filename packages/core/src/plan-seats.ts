import type { PublishPolicy } from "./kinds/generated/inputs.ts";

/** A seat as the last run left it. */
export interface RecordedSeat {
  readonly vmid: number;
  /** Generation whose base the seat's disk stands on. */
  readonly generation: number;
  /** The last value of the seat's reset order that was carried out. */
  readonly reset?: string;
  /** The last value of the seat's undo order that was carried out. */
  readonly undo?: string;
  /** A generation that the seat did not take (an undo, or somebody's work on its disk): it waits for another one. */
  readonly declined?: number;
  /** Something was not finished; the seat exists at most in part. */
  readonly unfinished?: true;
  /** Somebody else changed settings of its machine. */
  readonly drifted?: true;
}

/** What a class wants of its seats. */
export interface WantedSeats {
  readonly names: readonly string[];
  readonly generation: number;
  readonly policy: PublishPolicy;
  /** Seats whose policy differs from the class's. */
  readonly policyOf?: Readonly<Record<string, PublishPolicy>>;
  /** A value that differs from the recorded one orders a reset (or an undo) of that seat, once. */
  readonly reset?: Readonly<Record<string, string>>;
  readonly undo?: Readonly<Record<string, string>>;
  /** Whether settings that every seat shares (processors, memory, …) changed since the last run. */
  readonly settingsChanged?: boolean;
}

/** One seat and what the next run does with it. `keep` means that nothing is done. */
export interface SeatPlan {
  readonly seat: string;
  readonly verb:
    | "make"
    | "finish"
    | "repair"
    | "reset"
    | "reset-if-untouched"
    | "defer"
    | "undo"
    | "change"
    | "keep"
    | "remove";
  /** The reset or undo was ordered for this seat by name; else it comes from a publication to all. */
  readonly ordered?: true;
  /** The seat's settings are brought over as well, beside what the verb does to its disks. */
  readonly settings?: true;
}

/**
 * Compares the seats that are recorded with the seats that are wanted and names what to do with each:
 * wanted ones in their order first, then those to remove, newest vmid first.
 *
 * @example planSeats({ names: ["ada"], generation: 1, policy: "reset" }, {}) // [{ seat: "ada", verb: "make" }]
 */
export function planSeats(wanted: WantedSeats, recorded: Readonly<Record<string, RecordedSeat>>): SeatPlan[] {
  const names = new Set(wanted.names);
  const kept = wanted.names.map((seat) => planSeat(seat, recorded[seat], wanted));
  const removed = Object.entries(recorded)
    .filter(([seat]) => !names.has(seat))
    .sort(([, a], [, b]) => b.vmid - a.vmid)
    .map(([seat]): SeatPlan => ({ seat, verb: "remove" }));
  return [...kept, ...removed];
}

function planSeat(seat: string, recorded: RecordedSeat | undefined, wanted: WantedSeats): SeatPlan {
  if (recorded === undefined) return { seat, verb: "make" };
  const order = orderedVerb(seat, recorded, wanted);
  const verb = order ?? publishedVerb(seat, recorded, wanted);
  const settings = settingsVerb(recorded, wanted);
  if (verb === "keep") return { seat, verb: settings ?? "keep" };
  return { seat, verb, ...(order && { ordered: true }), ...(settings && { settings: true }) };
}

/** Why the settings of a seat that exists are to be looked at; undefined where they need no look. */
function settingsVerb(
  { unfinished, drifted }: RecordedSeat,
  { settingsChanged }: WantedSeats,
): "finish" | "repair" | "change" | undefined {
  if (unfinished === true) return "finish";
  if (drifted === true) return "repair";
  return settingsChanged === true ? "change" : undefined;
}

/** What is ordered for the disks of a seat by its name: that goes before what is published to all. */
function orderedVerb(
  seat: string,
  recorded: RecordedSeat,
  wanted: WantedSeats,
): "undo" | "reset" | undefined {
  if (isOrdered(wanted.undo?.[seat], recorded.undo)) return "undo";
  return isOrdered(wanted.reset?.[seat], recorded.reset) ? "reset" : undefined;
}

/** What the generation that is published to all does to the disks of a seat that exists. */
function publishedVerb(seat: string, recorded: RecordedSeat, wanted: WantedSeats): PublishPolicy {
  const isCurrent = recorded.generation === wanted.generation || recorded.declined === wanted.generation;
  return isCurrent ? "keep" : (wanted.policyOf?.[seat] ?? wanted.policy);
}

function isOrdered(wanted: string | undefined, done: string | undefined): boolean {
  return wanted !== undefined && wanted !== done;
}
