import { parseNotes, step } from "@coppice/clusters";
import { type ClassRun, note } from "../../class-run/class-run.ts";
import { eachSeat } from "../../class-run/each-seat.ts";
import { changeDisks, freeFormer, hasFollowed } from "../../disks/change-disks.ts";
import { noteOrder, orderText, undoOrder } from "../../disks/disk-order.ts";
import { noFormer } from "../../disks/no-former.ts";
import { type StoppedSeat, stopSeats } from "../../machines/stop-seats.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";

/** Gives machines the disks back that they had before their last reset. */
export async function undoSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  await eachSeat(run, await stopSeats(run, seats), "undo", (seat) => undo(run, seat));
}

async function undo(run: ClassRun, { seat, node, vmid, config }: StoppedSeat): Promise<void> {
  const place = { node, vmid };
  const order = undoOrder(run, seat);
  if (!hasFollowed(config, orderText(order))) {
    const [volumes] = parseNotes(config.description).former;
    if (volumes === undefined) throw noFormer([seat]);
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
  const expired = [...run.seats].flatMap(([seat, place]) => {
    const former = run.exceptions.get(seat)?.former;
    return former !== undefined && former.until <= now ? [{ seat, ...place }] : [];
  });
  await eachSeat(run, expired, "free", async ({ seat, node, vmid }) => {
    await step(run, `free ${seat}`, () => freeFormer(run, { node, vmid }, 0));
    note(run, seat, { former: undefined });
  });
}
