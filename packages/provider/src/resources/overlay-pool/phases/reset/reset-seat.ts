import { parseNotes, type SeatVolumes, step } from "@coppice/clusters";
import type { ClassRun } from "../../class-run/class-run.ts";
import { changeDisks, freeFormer, hasFollowed } from "../../disks/change-disks.ts";
import { noteOrder, orderText, resetOrder } from "../../disks/disk-order.ts";
import type { StoppedSeat } from "../../machines/stop-seats.ts";

/** An interrupted run may have reset a seat already: a second reset would put a fresh disk in the undo's place. */
export function isReset(run: ClassRun, { seat, config }: StoppedSeat): boolean {
  return hasFollowed(config, orderText(resetOrder(run, seat)));
}

/** Puts fresh volumes into a seat's slots; without any the seat has them already, and only what is left is done. */
export async function resetSeat(
  run: ClassRun,
  { seat, node, vmid, config }: StoppedSeat,
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
