import { runSteps } from "@coppice/clusters";
import { type ClassRun, fail, pick, step } from "../../class-run/class-run.ts";
import { recordSeat } from "../../class-run/record-seat.ts";
import { creationsInFlight } from "../../machines/in-flight.ts";
import type { PlannedSeat } from "../../plan/plan-class.ts";
import type { SeatMachine } from "../../seat/seat-machine.ts";
import { createLinkedSeat, createOverlaySeat } from "./create-seat.ts";

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
      else recordSeat(run, seat, machine.parameters);
    },
    { verb: "creating", inFlight: creationsInFlight(run, nodes.size) },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  return takenMeanwhile;
}
