import { readTraces, type Tally } from "@coppice/clusters";
import { CoppiceError } from "@coppice/core";
import { type ClassRun, fail } from "../../class-run/class-run.ts";
import { findHidden, takeVmid } from "../../machines/take-vmid.ts";
import type { PlannedSeat } from "../../plan/planned-class.ts";
import { copyOn } from "../../seat/copy-on.ts";
import { seatMachine } from "../../seat/seat-machine.ts";
import { seatWish } from "../../seat/seat-wish.ts";
import { bulkSeats } from "./bulk-seats.ts";
import { createByApi, type NewSeat } from "./create-machines.ts";
import { makeDisks } from "./make-disks.ts";
import { passOver } from "./passed-over.ts";
import { settleLate } from "./settle-late.ts";

/** Makes the machines of new seats. What could not be made is noted on the run by name. */
export async function makeSeats(run: ClassRun, seats: readonly PlannedSeat[]): Promise<void> {
  const tally = { done: 0, all: seats.length };
  const traces = run.madeBy === "linked" && seats.length > 0 ? await readTraces(run.cluster) : undefined;
  let waiting = seats;
  for (let round = 1; waiting.length > 0; round += 1) {
    const { free, taken: hidden } = await findHidden(run, waiting);
    const withoutNumber = await settleLate(run, hidden);
    const { made, taken } =
      run.madeBy === "linked" ? passOver(run, free, traces) : await makeDisks(run, free);
    const takenMeanwhile = await createMachines(run, made, tally);
    waiting = await renumber(run, [...withoutNumber, ...taken, ...takenMeanwhile], round);
  }
}

/** Creates the machines; answers those whose number somebody else took in the meantime. */
async function createMachines(
  run: ClassRun,
  seats: readonly PlannedSeat[],
  tally: Tally,
): Promise<PlannedSeat[]> {
  const planned = planMachines(run, seats);
  const create = run.madeBy === "bulk" ? bulkSeats : createByApi;
  return await create(run, planned, tally);
}

function planMachines(run: ClassRun, seats: readonly PlannedSeat[]): NewSeat[] {
  const macs = new Set([...run.seats.values()].map(({ mac }) => mac));
  const { base } = run.inputs;
  return seats.map((seat) => {
    const machine = seatMachine(base, copyOn(base, seat.node), seatWish(run, seat, macs));
    return { ...seat, machine };
  });
}

/** Somebody who takes every number that we are about to take is no race any more. */
const MOST_ROUNDS = 10;

async function renumber(run: ClassRun, seats: readonly PlannedSeat[], round: number): Promise<PlannedSeat[]> {
  const renumbered: PlannedSeat[] = [];
  for (const seat of seats) {
    const vmid = round < MOST_ROUNDS ? await takeVmid(run) : undefined;
    if (vmid === undefined) failNumber(run, seat);
    else renumbered.push({ ...seat, vmid });
  }
  return renumbered;
}

function failNumber(run: ClassRun, { seat, vmid }: PlannedSeat): void {
  const { from, to } = run.inputs.vmids;
  const error = new CoppiceError("pool.range-too-small", {
    what: `Number ${vmid} was taken meanwhile, and no other of ${from}–${to} could be had`,
    wayOut: "Widen 'vmids', or remove guests that nobody needs from that range",
  });
  fail(run, seat, error);
}
