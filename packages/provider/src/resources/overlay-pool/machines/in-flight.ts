import type { ClassRun } from "../class-run/class-run.ts";

/** More in flight bring nothing: a node has three workers. */
const PER_NODE = 4;

/**
 * Clones onto a shared storage wait for its one lock, and Proxmox looks only once a second whether it is free: with the
 * times of genuine nodes 25 of them took 14 s with twelve in flight, 8 s with two.
 */
const CLONES_ON_SHARED = 2;

/** How many machines may be in the making at once, on so many nodes. */
export function creationsInFlight(run: Pick<ClassRun, "madeBy" | "inputs">, nodes: number): number {
  const isLocked = run.madeBy === "linked" && run.inputs.base.shared;
  return isLocked ? CLONES_ON_SHARED : PER_NODE * nodes;
}
