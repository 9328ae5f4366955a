import { runSteps } from "../resource/run-steps.ts";
import { bulkSeats } from "./bulk-seats.ts";
import { createLinkedSeat, createOverlaySeat } from "./create-seat.ts";
import { copyOn, makeDisks } from "./make-disks.ts";
import type { PlannedSeat } from "./plan-pool.ts";
import { fail, note, type PoolRun, step } from "./pool-run.ts";
import { type SeatMachine, seatMachine } from "./seat-machine.ts";
import { seatWish } from "./seat-wish.ts";

/** More creates in flight bring nothing: a node has three workers for them. */
const IN_FLIGHT_PER_NODE = 4;

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

/** A seat and the machine that it gets. */
export interface Machine {
  readonly seat: PlannedSeat;
  readonly machine: SeatMachine;
}

/** Seats and their machines, by name. */
export type Machines = ReadonlyMap<string, Machine>;

/** Creates machines through the API, a few at once on each node. */
export async function createByApi(run: PoolRun, machines: Machines): Promise<PlannedSeat[]> {
  const outrun: PlannedSeat[] = [];
  const nodes = new Set([...machines.values()].map(({ seat }) => seat.node));
  const create = run.madeBy === "linked" ? createLinkedSeat : createOverlaySeat;
  const { unfinished } = await runSteps(
    [...machines.keys()],
    run.context,
    async (name) => {
      const { seat, machine } = pick(machines, name);
      const creation = await step(run, `create ${name}`, () => create(run, seat, machine));
      if (creation === "taken") outrun.push(seat);
      else recordSeat(run, seat, machine);
    },
    { verb: "creating", inFlight: IN_FLIGHT_PER_NODE * nodes.size },
  );
  for (const { item, reason } of unfinished) fail(run, item, new Error(reason));
  return outrun;
}

/** Notes a seat that exists now, with the MAC of its first card. */
export function recordSeat(run: PoolRun, { seat, vmid, node }: PlannedSeat, machine: SeatMachine): void {
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

/** The entry of a map that is known to have it. */
export function pick<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key);
  if (value === undefined) throw new TypeError(`There is no '${key}' among ${[...map.keys()].join(", ")}.`);
  return value;
}
