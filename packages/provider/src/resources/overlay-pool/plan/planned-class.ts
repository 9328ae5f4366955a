import type { ObservedCluster, ObservedGuest } from "@coppice/clusters";
import type { OverlayPoolInputs, OverlayPoolState, SeatPlan } from "@coppice/core";

/** A seat, what the run does with it, and where its machine is or will be. */
export interface PlannedSeat extends SeatPlan {
  readonly vmid: number;
  readonly node: string;
  /** Its place in the row of fixed addresses; -1 for one to remove that holds none. */
  readonly place: number;
  /** An interrupted run made this machine; it is looked at before anything is made. */
  readonly found?: true;
}

/** What one run does with a class. */
export interface ClassPlan {
  readonly seats: readonly PlannedSeat[];
  /** Guests of somebody else inside the range. Their numbers are skipped. */
  readonly foreign: readonly ObservedGuest[];
}

/** A class before a run: what is wanted, what was recorded, what was seen, and what that comes to. */
export interface PlannedClass {
  readonly inputs: OverlayPoolInputs;
  /** What the last run recorded; undefined for a new class. */
  readonly recorded: OverlayPoolState | undefined;
  readonly observed: ObservedCluster;
  readonly plan: ClassPlan;
}
