import { type ClassRun, isCancelled } from "../../class-run/class-run.ts";
import { sweep } from "../../interrupted/sweep.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import type { Removal } from "./removal.ts";
import { removeByApi } from "./remove-by-api.ts";
import { mayRemoveOnNode, removeOnNodes } from "./remove-on-node.ts";

/**
 * Removes machines with all their disks: those that are plainly ours and plain by the program on their node, where the
 * cluster allows it, the others by Proxmox. One that does not carry our mark any more is left alone and named.
 */
export async function removeSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  const removal: Removal = { run, tally: { done: 0, all: seats.length } };
  const [onNode, byApi] = partition(seats, (seat) => mayRemoveOnNode(run, seat));
  const left = await removeOnNodes(removal, onNode);
  await removeByApi(removal, [...byApi, ...left]);
  const hasRemoved = seats.some(({ seat }) => !run.unfinished.has(seat));
  if (run.madeBy !== "linked" && hasRemoved && !isCancelled(run))
    await sweep(run, new Set(seats.map(({ node }) => node)));
}

function partition<Item>(items: readonly Item[], test: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
