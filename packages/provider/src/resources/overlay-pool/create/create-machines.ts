import { runSteps } from "@coppice/clusters";
import { type ClassRun, fail, note, step } from "../class-run/class-run.ts";
import { pick } from "../class-run/pick.ts";
import type { PlannedSeat } from "../plan/plan-class.ts";
import type { SeatMachine } from "../seat/seat-machine.ts";
import { createLinkedSeat, createOverlaySeat } from "./create-seat.ts";
import { creationsInFlight } from "./in-flight.ts";

/** A seat and the machine that it gets. */
export interface Machine {
  readonly seat: PlannedSeat;
  readonly machine: SeatMachine;
}

/** Seats and their machines, by name. */
export type Machines = ReadonlyMap<string, Machine>;

/** Creates machines through the API, a few at once on each node. */
export async function createByApi(run: ClassRun, machines: Machines): Promise<PlannedSeat[]> {
  const takenMeanwhile: PlannedSeat[] = [];
  const nodes = new Set([...machines.values()].map(({ seat }) => seat.node));
  const create = run.madeBy === "linked" ? createLinkedSeat : createOverlaySeat;
  const { unfinished } = await runSteps(
    [...machines.keys()],
    run.context,
    async (name) => {
      const { seat, machine } = pick(machines, name);
      const creation = await step(run, `create ${name}`, () => create(run, seat, machine));
      if (creation === "taken") takenMeanwhile.push(seat);
      else recordSeat(run, seat, machine);
    },
    { verb: "creating", inFlight: creationsInFlight(run, nodes.size) },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  return takenMeanwhile;
}

/** Notes a seat that exists now, with the MAC of its first card. */
export function recordSeat(run: ClassRun, { seat, vmid, node }: PlannedSeat, machine: SeatMachine): void {
  const mac = /=((?:[0-9A-F]{2}:){5}[0-9A-F]{2})/i.exec(String(machine.parameters["net0"] ?? ""))?.[1] ?? "";
  run.seats.set(seat, { vmid, node, mac });
  const { reset, undo, base } = run.inputs;
  note(run, seat, {
    generation: base.number,
    unfinished: undefined,
    ...(run.inputs.start === "after-create" && { unstarted: true as const }),
    ...(reset?.[seat] && { reset: reset[seat] }),
    ...(undo?.[seat] && { undo: undo[seat] }),
  });
}
