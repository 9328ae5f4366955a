import { readStorage, type StorageFitness } from "@coppice/clusters";
import { seatDemand, sizeWords } from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";
import type { PlannedSeat } from "../plan/planned-class.ts";
import { refusal } from "./refusal.ts";

type Nodes = ReadonlyMap<string, readonly PlannedSeat[]>;

/** Refuses storages that carry no disks of seats, or have no room for them, on every node where some are to be made. */
export async function assertStorages(run: ClassRun, nodes: Nodes): Promise<void> {
  const { base, dataDisk } = run.inputs;
  await Promise.all(
    placesOf(nodes, base.shared).map(async ([node, seats]) => {
      const fitness = await readStorage(run.cluster, node, base.storage);
      assertFit(run, { node, storage: base.storage }, fitness);
      assertSpace(run, fitness, seats);
    }),
  );
  const dataStorage = dataDisk?.storage ?? base.storage;
  if (dataDisk === undefined || dataStorage === base.storage) return;
  const shared = run.dataStorage?.shared === true;
  await Promise.all(
    placesOf(nodes, shared).map(async ([node]) =>
      assertFit(run, { node, storage: dataStorage }, await readStorage(run.cluster, node, dataStorage)),
    ),
  );
}

/** A shared storage is the same for all: one node is asked, and has room for the seats of all. */
function placesOf(nodes: Nodes, shared: boolean): (readonly [node: string, seats: number])[] {
  const places = [...nodes].map(([node, seats]) => [node, seats.length] as const);
  const [first] = places;
  if (!shared || first === undefined) return places;
  return [[first[0], places.reduce((sum, [, seats]) => sum + seats, 0)]];
}

function assertFit(
  run: ClassRun,
  { node, storage }: { readonly node: string; readonly storage: string },
  { problem }: StorageFitness,
): void {
  if (problem === undefined) return;
  const why = `storage '${storage}' on node '${node}' ${problem.what}`;
  throw refusal(run, "pool.storage", why, problem.wayOut);
}

/** An overlay may grow to the size of its disk: what cannot fit in the end is refused at the start. */
function assertSpace(run: ClassRun, { free }: StorageFitness, seats: number): void {
  const { base } = run.inputs;
  const each = seatDemand(base, run.inputs).disks[base.storage] ?? 0;
  const available = free ?? Number.POSITIVE_INFINITY;
  if (each * seats <= available || run.inputs.overcommit) return;
  throw refusal(
    run,
    "pool.space",
    `${seats} seats may grow to ${sizeWords(each)} each, ${sizeWords(each * seats)} in all, and storage '${base.storage}' has ${sizeWords(available)} free`,
    "Make room, choose another 'storage', make fewer seats, or accept the risk with 'overcommit'",
  );
}
