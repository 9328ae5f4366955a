import type { ClassRun } from "../class-run/class-run.ts";
import { sweep } from "../interrupted/sweep.ts";
import { changeSeats } from "../phases/change-seats.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";

/** Changes machines that are there. Where the last run left some unfinished, its markers may lie there still. */
export async function changePresent(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  await changeSeats(run, seats);
  const left = seats.filter(({ seat }) => run.recorded?.exceptions?.[seat]?.unfinished !== undefined);
  if (run.madeBy !== "linked" && left.length > 0) await sweep(run, new Set(left.map(({ node }) => node)));
}
