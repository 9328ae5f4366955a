import { parseNotes, runSteps } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type ClassRun, fail, note, pick, step } from "../../class-run/class-run.ts";
import { changeDisks, freeFormer, hasFollowed } from "../../disks/change-disks.ts";
import { noteOrder, orderText, undoOrder } from "../../disks/disk-order.ts";
import { type Ready, stopAll } from "../../machines/stop-seats.ts";
import type { PlannedSeat } from "../../plan/plan-class.ts";

/** Gives machines the disks back that they had before their last reset. */
export async function undoSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  const able = seats.filter((seat) => hasFormer(run, seat.seat));
  const ready = await stopAll(run, able);
  const bySeat = new Map(ready.map((each) => [each.seat.seat, each]));
  const { unfinished } = await runSteps(
    [...bySeat.keys()],
    run.context,
    (name) => undo(run, pick(bySeat, name)),
    { verb: "taking back the reset of", inFlight: 4 },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
}

function hasFormer(run: ClassRun, seat: string): boolean {
  if (run.exceptions.get(seat)?.former !== undefined) return true;
  fail(run, seat, noFormer(seat));
  return false;
}

function noFormer(seat: string): CoppiceError {
  return new CoppiceError("pool.no-former", {
    what: `The last reset of seat '${seat}' cannot be taken back`,
    why: "no former disk of it is kept",
    wayOut: `Take 'undo["${seat}"]' out of the inputs; 'publish.undoForMs' says how long disks are kept after a reset`,
  });
}

async function undo(run: ClassRun, { seat: { seat, node, vmid }, config }: Ready): Promise<void> {
  const place = { node, vmid };
  const order = undoOrder(run, seat);
  if (!hasFollowed(config, orderText(order))) {
    const [volumes] = parseNotes(config.description).former;
    if (volumes === undefined) throw noFormer(seat);
    await step(run, `undo ${seat}`, () =>
      changeDisks(run, place, config, { order: orderText(order), volumes }),
    );
  }
  noteOrder(run, seat, order);
  if (parseNotes(config.description).former.length > 0)
    await step(run, `free ${seat}`, () => freeFormer(run, place, 1));
}

/** Frees former disks whose time to be taken back is over. */
export async function freeExpired(run: ClassRun): Promise<void> {
  const now = run.context.clock.now();
  const expired = [...run.exceptions].filter(([, { former }]) => former !== undefined && former.until <= now);
  const { unfinished } = await runSteps(
    expired.map(([seat]) => seat).filter((seat) => run.seats.has(seat)),
    run.context,
    async (seat) => {
      await step(run, `free ${seat}`, () => freeFormer(run, pick(run.seats, seat), 0));
      note(run, seat, { former: undefined });
    },
    { verb: "freeing the former disk of", inFlight: 4 },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
}
