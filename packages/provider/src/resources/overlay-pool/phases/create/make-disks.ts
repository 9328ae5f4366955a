import {
  type NodeAnswers,
  type NodeOrder,
  reported,
  runOrders,
  step,
  storageOrders,
} from "@coppice/clusters";
import type { GenerationCopy } from "@coppice/core";
import { byNode, type ClassRun, fail } from "../../class-run/class-run.ts";
import { baseOrders, notDone, tellDisks } from "../../disks/node-orders.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { copyOn } from "../../seat/copy-on.ts";
import { seatDisks } from "../../seat/seat-disks.ts";
import type { MadeDisks } from "./made-disks.ts";
import { tellPassedOver } from "./passed-over.ts";

/** Makes the disks of new seats, all nodes at once, one batch each. Seats that failed are noted on the run. */
export async function makeDisks(run: ClassRun, seats: readonly PlannedSeat[]): Promise<MadeDisks> {
  const nodes = [...byNode(seats)];
  const results = await Promise.all(nodes.map(([node, group]) => makeOnNode(run, node, group)));
  return { made: results.flatMap(({ made }) => made), taken: results.flatMap(({ taken }) => taken) };
}

async function makeOnNode(run: ClassRun, node: string, seats: readonly PlannedSeat[]): Promise<MadeDisks> {
  const making = { verb: "make-disks", item: { kind: "node", name: node }, all: seats.length } as const;
  try {
    const copy = copyOn(run.inputs.base, node);
    const orders = [
      ...storageOrders(run.mark, run.inputs.base.storage),
      ...poolOrders(run.inputs.pool),
      ...baseOrders(run.inputs.base, copy),
      ...seats.map((seat) => makeOrder(run, copy, seat)),
    ];
    const answers = await reported(run.context, making, () =>
      step(run, `disks ${node}`, () =>
        runOrders(run.cluster, node, orders, tellDisks(run.context, node, seats.length)),
      ),
    );
    return sort(run, node, seats, answers);
  } catch (error) {
    for (const { seat } of seats) fail(run, seat, error);
    return { made: [], taken: [] };
  }
}

/** A number that is a member of the class's pool already inherits nothing by that. */
function poolOrders(pool: string | undefined): NodeOrder[] {
  return pool === undefined ? [] : [["pool", pool]];
}

function sort(run: ClassRun, node: string, seats: readonly PlannedSeat[], answers: NodeAnswers): MadeDisks {
  const made: PlannedSeat[] = [];
  const taken: PlannedSeat[] = [];
  const passed = new Map<number, string>();
  for (const seat of seats) {
    const answer = answers.get(seat.seat);
    if (answer?.word === "ok") made.push(seat);
    else if (answer?.word === "taken") {
      taken.push(seat);
      passed.set(seat.vmid, answer.detail);
    } else fail(run, seat.seat, notDone(node, answer));
  }
  tellPassedOver(run, passed);
  return { made, taken };
}

function makeOrder(run: ClassRun, copy: GenerationCopy, { seat, vmid }: PlannedSeat): NodeOrder {
  const disks = seatDisks(run.inputs.base, copy, vmid);
  return ["make", seat, vmid, ...disks.flatMap(({ slot, file }) => [slot, file])];
}
