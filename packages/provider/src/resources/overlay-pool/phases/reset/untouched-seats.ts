import { type NodeOrder, parseConfigLine, runOrders, storageOrders } from "@coppice/clusters";
import type { CoppiceError } from "@coppice/core";
import { readGuestConfig } from "@coppice/pve";
import { byNode, type ClassRun, fail, note } from "../../class-run/class-run.ts";
import { hasFollowed } from "../../disks/change-disks.ts";
import { orderText, resetOrder } from "../../disks/disk-order.ts";
import { notDone } from "../../disks/node-orders.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { isCopied } from "../../seat/seat-disks.ts";

/** Leaves out the seats that are to be reset only if untouched, and somebody wrote to them, or nobody could look. */
export async function onlyUntouched(run: ClassRun, seats: readonly PlannedSeat[]): Promise<PlannedSeat[]> {
  const asked = seats.filter(({ verb }) => verb === "reset-if-untouched");
  const kept = new Set<string>();
  await Promise.all(
    [...byNode(asked)].map(async ([node, group]) => {
      try {
        for (const seat of await keepTouched(run, node, group)) kept.add(seat);
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

/** Looks at the disks of seats on one node; answers those that keep them. */
async function keepTouched(run: ClassRun, node: string, seats: readonly PlannedSeat[]): Promise<Set<string>> {
  const { touched, unseen } = await look(run, node, seats);
  for (const [seat, error] of unseen) fail(run, seat, error);
  for (const seat of touched) if (!unseen.has(seat)) decline(run, seat);
  return new Set([...touched, ...unseen.keys()]);
}

/** The seat waits for another generation, and a second run finds nothing to do. */
function decline(run: ClassRun, seat: string): void {
  run.context.warn(`Seat '${seat}' keeps its disk: somebody wrote to it.`);
  note(run, seat, { declined: run.inputs.base.number });
}

/** What a node says of its seats' disks. */
interface Look {
  readonly touched: ReadonlySet<string>;
  /** Seats of which a disk could not be read: whether somebody wrote to it is not known. */
  readonly unseen: ReadonlyMap<string, CoppiceError>;
}

async function look(run: ClassRun, node: string, seats: readonly PlannedSeat[]): Promise<Look> {
  const orders = await Promise.all(seats.map((seat) => ownOrders(run, seat)));
  const answers = await runOrders(run.cluster, node, [
    ...storageOrders(run.mark, run.inputs.base.storage),
    ...orders.flat(),
  ]);
  const touched = new Set<string>();
  const unseen = new Map<string, CoppiceError>();
  for (const [key, answer] of answers) {
    const [seat = ""] = key.split("/");
    if (answer.word !== "ok") unseen.set(seat, notDone(node, answer));
    else if (answer.detail !== "0") touched.add(seat);
  }
  return { touched, unseen };
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
