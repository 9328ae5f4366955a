import type { PlannedSeat } from "../../plan/planned-class.ts";

/** Seats whose disks were made, and seats whose number somebody else has taken. */
export interface MadeDisks {
  readonly made: readonly PlannedSeat[];
  readonly taken: readonly PlannedSeat[];
}
