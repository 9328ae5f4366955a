import { runSteps } from "../../resource/run-steps.ts";
import type { PlannedSeat } from "../plan/plan-pool.ts";
import { type Ready, stopAll } from "../power/stop-seats.ts";
import { pick } from "../run/pick.ts";
import { fail, type PoolRun, step } from "../run/pool-run.ts";
import { parseNotes, type SeatVolumes } from "../seat/seat-notes.ts";
import { noteOrder, orderText, resetOrder } from "./disk-order.ts";
import { renewDisks, settleRenewed } from "./renew-disks.ts";
import { changeDisks, freeFormer, hasFollowed } from "./seat-disk-change.ts";
import { onlyUntouched } from "./untouched-seats.ts";

/**
 * Gives machines fresh disks of the pool's generation: one batch of overlays a node, then one change of each
 * machine's configuration. Data disks stay, and the former disks are kept for undo.
 */
export async function resetSeats(run: PoolRun, seats: readonly PlannedSeat[]): Promise<void> {
  const ready = await stopAll(run, await onlyUntouched(run, seats));
  const bySeat = new Map(ready.map((each) => [each.seat.seat, each]));
  const open = ready.filter((each) => !isReset(run, each)).map(({ seat }) => seat);
  const fresh = open.length > 0 ? await renewDisks(run, open) : new Map<string, SeatVolumes>();
  const { unfinished } = await runSteps(
    [...bySeat.keys()].filter((name) => !run.unfinished.has(name)),
    run.context,
    (name) => reset(run, pick(bySeat, name), fresh.get(name)),
    { verb: "resetting", inFlight: 4 },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  if (ready.length > 0)
    await settleRenewed(
      run,
      ready.map(({ seat }) => seat),
    );
}

/** An interrupted run may have reset a seat already: a second reset would put a fresh disk in the undo's place. */
function isReset(run: PoolRun, { seat, config }: Ready): boolean {
  return hasFollowed(config, orderText(resetOrder(run, seat.seat)));
}

async function reset(
  run: PoolRun,
  { seat: { seat, node, vmid }, config }: Ready,
  volumes: SeatVolumes | undefined,
): Promise<void> {
  const place = { node, vmid };
  const order = resetOrder(run, seat);
  if (volumes !== undefined)
    await step(run, `reset ${seat}`, () =>
      changeDisks(run, place, config, { order: orderText(order), volumes }),
    );
  noteOrder(run, seat, order);
  if (parseNotes(config.description).former.length > 0)
    await step(run, `free ${seat}`, () => freeFormer(run, place, 1));
}
