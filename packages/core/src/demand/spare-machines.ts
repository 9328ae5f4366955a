import type { Generation, OverlayPoolState } from "../kinds/generated/inputs.ts";

/** More in flight bring nothing: a node has three workers. */
const PER_NODE = 4;

/**
 * Clones onto a shared storage wait for its one lock, and Proxmox looks only once a second whether it is free: with the
 * times of genuine nodes 25 of them took 14 s with twelve in flight, 8 s with two.
 */
const CLONES_ON_SHARED = 2;

/** How machines of a class are made, as far as it decides how many there may be beside its seats. */
export interface Making extends Pick<OverlayPoolState, "madeBy"> {
  readonly base: Pick<Generation, "shared">;
}

/** How many machines may be in the making at once, on so many nodes. */
export function creationsInFlight({ madeBy, base }: Making, nodes: number): number {
  return madeBy === "linked" && base.shared ? CLONES_ON_SHARED : PER_NODE * nodes;
}

/** The machines that bring fresh disks to so many seats, at most: only clones need any. */
export function spareMachines(making: Making, resets: number): number {
  return making.madeBy === "linked" ? Math.min(resets, creationsInFlight(making, 1)) : 0;
}
