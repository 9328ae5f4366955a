import type { PlannedSeat } from "../plan/plan-pool.ts";
import { fail, type PoolRun } from "../run/pool-run.ts";
import { seatMachine } from "../seat/seat-machine.ts";
import { seatWish } from "../seat/seat-wish.ts";
import { bulkSeats } from "./bulk-seats.ts";
import { createByApi, type Machines } from "./create-machines.ts";
import { copyOn, makeDisks } from "./make-disks.ts";

/** Makes the machines of new seats. What could not be made is noted on the run by name. */
export async function makeSeats(run: PoolRun, seats: readonly PlannedSeat[]): Promise<void> {
  let waiting = seats;
  for (let round = 1; waiting.length > 0; round += 1) {
    const { made, taken } =
      run.madeBy === "linked" ? { made: waiting, taken: [] } : await makeDisks(run, waiting);
    const outrun = await createMachines(run, made);
    waiting = [...taken, ...outrun].flatMap((seat) => renumber(run, seat, round));
  }
}

/** Creates the machines; answers those whose number somebody else took in the meantime. */
async function createMachines(run: PoolRun, seats: readonly PlannedSeat[]): Promise<PlannedSeat[]> {
  const machines = planMachines(run, seats);
  if (run.madeBy === "bulk") return await bulkSeats(run, machines);
  return await createByApi(run, machines);
}

function planMachines(run: PoolRun, seats: readonly PlannedSeat[]): Machines {
  const macs = new Set([...run.seats.values()].map(({ mac }) => mac));
  return new Map(
    seats.map((seat) => {
      const machine = seatMachine(
        run.inputs.base,
        copyOn(run.inputs.base, seat.node),
        seatWish(run, seat, macs),
      );
      return [seat.seat, { seat, machine }];
    }),
  );
}

/** Somebody who takes every number that we are about to take is no race any more. */
const MOST_ROUNDS = 10;

function renumber(run: PoolRun, seat: PlannedSeat, round: number): PlannedSeat[] {
  const vmid = round < MOST_ROUNDS ? run.vmids.take() : undefined;
  if (vmid !== undefined) return [{ ...seat, vmid }];
  const { from, to } = run.inputs.vmids;
  fail(
    run,
    seat.seat,
    new Error(`number ${seat.vmid} was taken meanwhile, and no other of ${from}–${to} could be had`),
  );
  return [];
}
