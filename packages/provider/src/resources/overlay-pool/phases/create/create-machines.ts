import { step, type Tally } from "@coppice/clusters";
import { creationsInFlight } from "@coppice/core";
import type { ClassRun } from "../../class-run/class-run.ts";
import { eachSeat } from "../../class-run/each-seat.ts";
import { recordSeat } from "../../class-run/record-seat.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import type { SeatMachine } from "../../seat/seat-machine.ts";
import { createLinkedSeat, createOverlaySeat } from "./create-seat.ts";

/** A seat and the machine that it gets. */
export interface NewSeat extends PlannedSeat {
  readonly machine: SeatMachine;
}

/** Creates machines through the API, a few at once on each node. Answers those whose number somebody else took. */
export async function createByApi(
  run: ClassRun,
  seats: readonly NewSeat[],
  tally: Tally,
): Promise<PlannedSeat[]> {
  const takenMeanwhile: PlannedSeat[] = [];
  const nodes = new Set(seats.map(({ node }) => node));
  const create = run.madeBy === "linked" ? createLinkedSeat : createOverlaySeat;
  const createOne = async (seat: NewSeat) => {
    const creation = await step(run, `create ${seat.seat}`, () => create(run, seat, seat.machine));
    if (creation === "taken") takenMeanwhile.push(seat);
    else recordSeat(run, seat, seat.machine.parameters);
    return creation;
  };
  await eachSeat(run, seats, "create", createOne, {
    inFlight: creationsInFlight({ madeBy: run.madeBy, base: run.inputs.base }, nodes.size),
    isDone: (creation) => creation !== "taken",
    tally,
  });
  return takenMeanwhile;
}
