import { runSteps, type SeatVolumes } from "@coppice/clusters";
import { type ClassRun, fail, pick } from "../../class-run/class-run.ts";
import { type Ready, stopAll } from "../../machines/stop-seats.ts";
import type { PlannedSeat } from "../../plan/plan-class.ts";
import { makeFreshDisks, settleFreshDisks } from "./fresh-disks.ts";
import { resetByClone } from "./reset-by-clone.ts";
import { isReset, resetSeat } from "./reset-seat.ts";
import { onlyUntouched } from "./untouched-seats.ts";

/** Gives machines fresh disks of the class's generation. Data disks stay, and the former disks are kept for undo. */
export async function resetSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  const ready = await stopAll(run, await onlyUntouched(run, seats));
  if (run.madeBy === "linked") await resetByClone(run, ready);
  else await resetByBatch(run, ready);
}

/** One batch of overlays a node, then one change of each machine's configuration. */
async function resetByBatch(run: ClassRun, ready: readonly Ready[]): Promise<void> {
  const bySeat = new Map(ready.map((each) => [each.seat.seat, each]));
  const open = ready.filter((each) => !isReset(run, each)).map(({ seat }) => seat);
  const fresh = open.length > 0 ? await makeFreshDisks(run, open) : new Map<string, SeatVolumes>();
  const { unfinished } = await runSteps(
    [...bySeat.keys()].filter((name) => !run.unfinished.has(name)),
    run.context,
    (name) => resetSeat(run, pick(bySeat, name), fresh.get(name)),
    { verb: "resetting", inFlight: 4 },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  if (ready.length > 0)
    await settleFreshDisks(
      run,
      ready.map(({ seat }) => seat),
    );
}
