import type { StorageFitness } from "@coppice/clusters";
import { formatSize, seatDemand } from "@coppice/core";
import type { ClassRun } from "../class-run/class-run.ts";
import { refusal } from "./refusal.ts";

/** Refuses a storage that carries no disks of seats. */
export function assertStorage(run: ClassRun, node: string, { problem }: StorageFitness): void {
  if (problem === undefined) return;
  const { storage } = run.inputs.base;
  throw refusal(
    run,
    "pool.storage",
    `storage '${storage}' on node '${node}' ${problem.what}`,
    problem.wayOut,
  );
}

/** An overlay may grow to the size of its disk: what cannot fit in the end is refused at the start. */
export function assertSpace(run: ClassRun, { free }: StorageFitness, seats: number): void {
  const { base } = run.inputs;
  const each = seatDemand(base, run.inputs).disks[base.storage] ?? 0;
  const available = free ?? Number.POSITIVE_INFINITY;
  if (each * seats <= available || run.inputs.overcommit) return;
  throw refusal(
    run,
    "pool.space",
    `${seats} seats may grow to ${formatSize(each)} each, ${formatSize(each * seats)} in all, and storage '${base.storage}' has ${formatSize(available)} free`,
    "Make room, choose another 'storage', make fewer seats, or accept the risk with 'overcommit'",
  );
}
