import type { NodeCapacity } from "@coppice/core";

/** A guest as `cluster/resources` lists it. */
export interface ObservedGuest {
  readonly vmid: number;
  readonly node: string;
  /** Absent in the first seconds of a guest's life: names come with the status round. */
  readonly name?: string;
  readonly tags: readonly string[];
  readonly running: boolean;
  readonly template: boolean;
  /** HA decides about its power. */
  readonly isHaManaged?: true;
  readonly lock?: string;
  /** The seat that its notes name with our mark, where they were read. */
  readonly seat?: string;
}

/** What the plan of a class is based on: one reading of the cluster. */
export interface ObservedCluster {
  readonly guests: ReadonlyMap<number, ObservedGuest>;
  readonly nodes: readonly NodeCapacity[];
}
