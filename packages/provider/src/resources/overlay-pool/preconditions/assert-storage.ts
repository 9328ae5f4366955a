import { readStorage, type SpaceDemand, type StorageFitness, spaceProblem } from "@coppice/clusters";
import { type FreeRoom, seatDemand } from "@coppice/core";
import { byNode, type ClassRun } from "../class-run/class-run.ts";
import { holdsGeneration } from "../plan/holds-generation.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";
import { waitsWhileRunning } from "../plan/seat-fates.ts";
import { refusal } from "./refusal.ts";

/**
 * Refuses storages that carry no disks of seats, or have no room for those that the run makes, on every node where it
 * makes some: for new seats, and for resets by clones.
 *
 * @returns what they have free
 */
export async function assertStorages(run: ClassRun, fresh: readonly PlannedSeat[]): Promise<FreeRoom[]> {
  const { base, dataDisk } = run.inputs;
  const demand = seatDemand(base, run.inputs).disks;
  const own = seatDemand(base).disks[base.storage] ?? 0;
  const rooms = await assertRoom(run, { storage: base.storage, shared: base.shared }, [
    { seats: fresh, words: ["seat may grow to", "seats may grow to"], each: demand[base.storage] ?? 0 },
    { seats: clonedAgain(run), words: ["reset seat may grow to", "reset seats may grow to"], each: own },
  ]);
  const storage = dataDisk?.storage ?? base.storage;
  if (dataDisk === undefined || storage === base.storage) return rooms;
  const others = await assertRoom(run, { storage, shared: run.dataStorage?.shared === true }, [
    { seats: fresh, words: ["data disk takes", "data disks take"], each: demand[storage] ?? 0 },
  ]);
  return [...rooms, ...others];
}

/**
 * Seats whose fresh disks Proxmox clones; the former ones stay for an undo. Those that cannot be reset where they are, or
 * are not, while they run, ask for no room: each says so by itself.
 */
function clonedAgain({ plan, inputs, madeBy, observed }: ClassRun): PlannedSeat[] {
  if (madeBy !== "linked") return [];
  const online = new Set(observed.nodes.flatMap(({ node, state }) => (state === "online" ? [node] : [])));
  return plan.seats.filter((seat) => {
    const isReset = seat.verb === "reset" || seat.verb === "reset-if-untouched";
    const waits = observed.guests.get(seat.vmid)?.running === true && waitsWhileRunning(inputs, seat);
    return isReset && !waits && online.has(seat.node) && holdsGeneration(inputs.base, seat.node);
  });
}

/** Seats that get disks, and how large. */
interface SeatDisks extends Omit<SpaceDemand, "count"> {
  readonly seats: readonly PlannedSeat[];
}

/** A shared storage is the same for all: one node is asked, and has room for the seats of all. */
async function assertRoom(
  run: ClassRun,
  { storage, shared }: { readonly storage: string; readonly shared: boolean },
  disks: readonly SeatDisks[],
): Promise<FreeRoom[]> {
  const nodes = [...byNode(disks.flatMap(({ seats }) => seats)).keys()];
  const rooms = await Promise.all(
    (shared ? nodes.slice(0, 1) : nodes).map(async (node) => {
      const fitness = await readStorage(run.cluster, node, storage);
      assertFit(run, { node, storage }, fitness);
      const here = (seats: readonly PlannedSeat[]) => seats.filter((seat) => shared || seat.node === node);
      const demands = disks.map(({ seats, ...each }) => ({ ...each, count: here(seats).length }));
      const problem = run.inputs.overcommit ? undefined : spaceProblem(storage, fitness, demands);
      if (problem !== undefined) throw refusal(run, "pool.space", problem, MAKE_ROOM);
      return fitness.free === undefined ? [] : [{ storage, node, free: fitness.free }];
    }),
  );
  return rooms.flat();
}

const MAKE_ROOM =
  "Make room, choose another 'storage', make fewer seats or reset fewer at once, or accept the risk with 'overcommit'";

function assertFit(
  run: ClassRun,
  { node, storage }: { readonly node: string; readonly storage: string },
  { problem }: StorageFitness,
): void {
  if (problem === undefined) return;
  const why = `storage '${storage}' on node '${node}' ${problem.what}`;
  throw refusal(run, "pool.storage", why, problem.wayOut);
}
