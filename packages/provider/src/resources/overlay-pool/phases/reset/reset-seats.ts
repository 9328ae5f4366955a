import type { SeatVolumes } from "@coppice/clusters";
import type { ClassRun } from "../../class-run/class-run.ts";
import { eachSeat } from "../../class-run/each-seat.ts";
import { type StoppedSeat, stopSeats } from "../../machines/stop-seats.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { makeFreshDisks, settleFreshDisks } from "./fresh-disks.ts";
import { resetByClone } from "./reset-by-clone.ts";
import { isReset, resetSeat } from "./reset-seat.ts";
import { onlyUntouched } from "./untouched-seats.ts";

/** Gives machines fresh disks of the class's generation. Data disks stay, and the former disks are kept for undo. */
export async function resetSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  const stopped = await stopSeats(run, await onlyUntouched(run, seats));
  if (run.madeBy === "linked") await resetByClone(run, stopped);
  else await resetByBatch(run, stopped);
}

/** One batch of overlays a node, then one change of each machine's configuration. */
async function resetByBatch(run: ClassRun, seats: readonly StoppedSeat[]): Promise<void> {
  const open = seats.filter((seat) => !isReset(run, seat));
  const fresh = open.length > 0 ? await makeFreshDisks(run, open) : new Map<string, SeatVolumes>();
  const able = seats.filter(({ seat }) => !run.unfinished.has(seat));
  await eachSeat(run, able, "reset", (seat) => resetSeat(run, seat, fresh.get(seat.seat)));
  if (seats.length > 0) await settleFreshDisks(run, seats);
}
