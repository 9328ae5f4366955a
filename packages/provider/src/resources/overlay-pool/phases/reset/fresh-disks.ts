import {
  closingStep,
  type NodeAnswers,
  type NodeOrder,
  runOrders,
  type SeatVolumes,
  step,
  storageOrders,
} from "@coppice/clusters";
import type { GenerationCopy } from "@coppice/core";
import { byNode, type ClassRun, fail } from "../../class-run/class-run.ts";
import { baseOrders, notDone, tellDisks } from "../../disks/node-orders.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { copyOn } from "../../seat/copy-on.ts";
import { isCopied } from "../../seat/seat-disks.ts";

/** Makes fresh disks of the class's generation beside those that machines have, one batch a node. */
export async function makeFreshDisks(
  run: ClassRun,
  seats: readonly PlannedSeat[],
): Promise<ReadonlyMap<string, SeatVolumes>> {
  const groups = await Promise.all([...byNode(seats)].map(([node, group]) => makeOnNode(run, node, group)));
  return new Map(groups.flat());
}

type Fresh = readonly (readonly [seat: string, volumes: SeatVolumes])[];

async function makeOnNode(run: ClassRun, node: string, seats: readonly PlannedSeat[]): Promise<Fresh> {
  try {
    const copy = copyOn(run.inputs.base, node);
    const slots = run.inputs.base.disks.map(({ slot }) => slot);
    const orders = seats.map(({ seat, vmid }): NodeOrder => ["renew", seat, vmid, ...slots]);
    const head = [...storageOrders(run.mark, run.inputs.base.storage), ...baseOrders(run.inputs.base, copy)];
    const answers = await step(run, `renew ${node}`, () =>
      runOrders(run.cluster, node, [...head, ...orders], tellDisks(run.context, node, seats.length)),
    );
    return seats.flatMap((seat) => take(run, copy, seat, answers));
  } catch (error) {
    for (const { seat } of seats) fail(run, seat, error);
    return [];
  }
}

function take(
  run: ClassRun,
  copy: GenerationCopy,
  { seat, vmid, node }: PlannedSeat,
  answers: NodeAnswers,
): Fresh {
  const answer = answers.get(seat);
  if (answer?.word !== "ok") {
    fail(run, seat, notDone(node, answer));
    return [];
  }
  const files = answer.detail.split(" ").map((pair) => pair.split("="));
  const volumes = files.map(
    ([slot = "", file = ""]) => [slot, volumeOf(run, copy, slot, vmid, file)] as const,
  );
  return [[seat, new Map(volumes)]];
}

function volumeOf(run: ClassRun, copy: GenerationCopy, slot: string, vmid: number, file: string): string {
  const prefix = isCopied(slot) ? "" : `${copy.vmid}/${copy.files[slot] ?? ""}/`;
  return `${run.inputs.base.storage}:${prefix}${vmid}/${file}`;
}

/** Tells the nodes that the machines name their fresh disks now, so that no later run takes those for leftovers. */
export async function settleFreshDisks(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  await Promise.all(
    [...byNode(seats)].map(async ([node, group]) => {
      const orders = group.map(({ seat, vmid }): NodeOrder => ["settle", seat, vmid]);
      const head = storageOrders(run.mark, run.inputs.base.storage);
      try {
        const answers = await closingStep(run, `settle ${node}`, () =>
          runOrders(run.cluster, node, [...head, ...orders]),
        );
        for (const { seat } of group)
          if (answers.get(seat)?.word !== "ok") fail(run, seat, notDone(node, answers.get(seat)));
      } catch (error) {
        for (const { seat } of group) fail(run, seat, error);
      }
    }),
  );
}
