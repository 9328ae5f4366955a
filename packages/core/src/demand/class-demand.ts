import { type Amounts, addAmounts, noAmounts, subtractAmounts } from "../amounts/amounts.ts";
import { demandAmounts, disksSize, type SizedDisks, templateAmounts } from "./demand.ts";
import { type DemandBase, type SeatWish, seatDemand } from "./seat-demand.ts";

/** Seats that are alike, on one generation. */
export interface SeatsContents extends SeatWish {
  readonly base: DemandBase;
  readonly seats: number;
  /** Seats whose former disks are kept for an undo, beside those that they have. */
  readonly kept?: number;
  /** Machines that bring fresh disks to seats while a reset by clones runs. */
  readonly spares?: number;
}

/** A generation as far as it takes something of a cluster. */
export interface GenerationContents extends SizedDisks {
  /** Whether Coppice made it: a template that is used in place is somebody else's. */
  readonly owned: boolean;
  /** By node, the templates that carry it. */
  readonly copies: Readonly<Record<string, unknown>>;
}

/** Everything that belongs to a class, or to machines without one. */
export interface ClassContents {
  readonly pools: readonly SeatsContents[];
  readonly generations: readonly GenerationContents[];
}

/**
 * What all of a class comes to at its worst: every seat runs and has filled its disks, resets are on their way, and its
 * own generations are there too.
 *
 * @example classDemand({ pools: [{ base, hardware, seats: 25 }], generations: [base] }).cores
 */
export function classDemand({ pools, generations }: ClassContents): Amounts {
  return addAmounts(...pools.map(seatsDemand), ...generations.map(generationDemand));
}

/** What seats come to at their worst, with what their resets need. */
export function seatsDemand({ base, seats, kept = 0, spares = 0, ...wish }: SeatsContents): Amounts {
  // The disks of a spare machine become a seat's, whose former ones are kept: they are counted once.
  const disks = disksSize(base);
  const former = { ...noAmounts, storage: Math.max(kept - spares, 0) * disks };
  return addAmounts(
    demandAmounts(seatDemand(base, wish), seats),
    demandAmounts(seatDemand(base), spares),
    former,
  );
}

/** What a generation comes to: the templates that Coppice made for it. */
export function generationDemand({ owned, copies, ...disks }: GenerationContents): Amounts {
  return owned ? templateAmounts(disks, Object.keys(copies).length) : noAmounts;
}

/** What a change asks for beyond what there is; below zero where it gives something back. */
export function changeDemand(before: Amounts | undefined, after: Amounts): Amounts {
  return subtractAmounts(after, before ?? noAmounts);
}
