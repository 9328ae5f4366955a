import { runSteps } from "../resource/run-steps.ts";
import { pick } from "./make-seats.ts";
import type { PlannedSeat } from "./plan-pool.ts";
import { fail, note, type PoolRun, step } from "./pool-run.ts";
import { stopAll } from "./reset-seats.ts";
import { changeDisks, freeFormer, noteFormer } from "./seat-disk-change.ts";
import { startSeats } from "./start-seats.ts";

/** Gives machines the disks back that they had before their last reset. */
export async function undoSeats(run: PoolRun, seats: readonly PlannedSeat[]): Promise<void> {
  const ready = await stopAll(
    run,
    seats.filter((seat) => hasFormer(run, seat)),
  );
  const bySeat = new Map(ready.map(({ seat }) => [seat.seat, seat]));
  const { finished, unfinished } = await runSteps(
    [...bySeat.keys()],
    run.context,
    (name) => undo(run, pick(bySeat, name)),
    {
      verb: "taking back the reset of",
      inFlight: 4,
    },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  await startSeats(
    run,
    ready.filter(({ seat, ran }) => ran && finished.has(seat.seat)).map(({ seat }) => seat),
  );
}

function hasFormer(run: PoolRun, { seat }: PlannedSeat): boolean {
  if ((run.exceptions.get(seat)?.former ?? []).length > 0) return true;
  fail(run, seat, new Error("its last reset cannot be taken back: no former disk is kept"));
  return false;
}

async function undo(run: PoolRun, { seat, node, vmid }: PlannedSeat): Promise<void> {
  const former = run.exceptions.get(seat)?.former ?? [];
  const volumes = new Map(former.map(({ slot, volume }) => [slot, volume]));
  const before = await step(run, `undo ${seat}`, () => changeDisks(run, { node, vmid }, volumes));
  noteFormer(run, seat, before, volumes.keys());
  const order = run.inputs.undo?.[seat];
  note(run, seat, {
    generation: former[0]?.generation ?? 0,
    unfinished: undefined,
    ...(order !== undefined && { undo: order }),
  });
}

/** Frees former disks whose time to be taken back is over. */
export async function freeExpired(run: PoolRun): Promise<void> {
  const now = run.context.clock.now();
  for (const [seat, { former = [] }] of run.exceptions) {
    const place = run.seats.get(seat);
    if (place === undefined || former.length === 0 || former.some(({ until }) => until > now)) continue;
    try {
      await step(run, `free ${seat}`, () => freeFormer(run, place, former));
      note(run, seat, { former: undefined });
    } catch (error) {
      fail(run, seat, error);
    }
  }
}
