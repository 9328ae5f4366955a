import { type NodeOrder, parseConfigLine, runOrders, storageOrders } from "@coppice/clusters";
import { readGuestConfig } from "@coppice/pve";
import { byNode, type ClassRun, fail, note } from "../../class-run/class-run.ts";
import { hasFollowed } from "../../disks/change-disks.ts";
import { orderText, resetOrder } from "../../disks/disk-order.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { isCopied } from "../../seat/seat-disks.ts";

/** Leaves out the seats that are to be reset only if untouched, and somebody wrote to them. */
export async function onlyUntouched(run: ClassRun, seats: readonly PlannedSeat[]): Promise<PlannedSeat[]> {
  const asked = seats.filter(({ verb }) => verb === "reset-if-untouched");
  const kept = new Set<string>();
  await Promise.all(
    [...byNode(asked)].map(async ([node, group]) => {
      try {
        for (const seat of await findTouched(run, node, group)) kept.add(decline(run, seat));
      } catch (error) {
        for (const { seat } of group) {
          kept.add(seat);
          fail(run, seat, error);
        }
      }
    }),
  );
  return seats.filter(({ seat }) => !kept.has(seat));
}

/** The seat waits for another generation, and a second run finds nothing to do. */
function decline(run: ClassRun, seat: string): string {
  run.context.warn(`Seat '${seat}' keeps its disk: somebody wrote to it.`);
  note(run, seat, { declined: run.inputs.base.number });
  return seat;
}

async function findTouched(run: ClassRun, node: string, seats: readonly PlannedSeat[]): Promise<Set<string>> {
  const orders = await Promise.all(seats.map((seat) => ownOrders(run, seat)));
  const answers = await runOrders(run.cluster, node, [
    ...storageOrders(run.mark, run.inputs.base.storage),
    ...orders.flat(),
  ]);
  const touched = new Set<string>();
  for (const [key, { word, detail }] of answers) {
    const [seat = "", slot] = key.split("/");
    if (slot !== undefined && (word !== "ok" || detail !== "0")) touched.add(seat);
  }
  return touched;
}

async function ownOrders(run: ClassRun, { seat, node, vmid }: PlannedSeat): Promise<NodeOrder[]> {
  const config = await readGuestConfig(run.cluster.client, { node, vmid });
  // An interrupted run has given it a fresh disk: nothing is asked of that one.
  if (hasFollowed(config, orderText(resetOrder(run, seat)))) return [];
  return run.inputs.base.disks
    .filter(({ slot }) => !isCopied(slot) && config.values[slot] !== undefined)
    .map(({ slot }) => ["own", `${seat}/${slot}`, vmid, fileIn(config.values[slot] ?? "")]);
}

function fileIn(line: string): string {
  return parseConfigLine(line).first.split("/").at(-1) ?? "";
}
