import type { Clock } from "@coppice/core";
import type { Counters } from "../kernel/counters.ts";
import type { FaultSource } from "../kernel/fault-source.ts";
import type { Latency } from "../kernel/latency.ts";

/** What tasks need of a node. */
export interface TaskNode {
  readonly name: string;
  /** Its private file tree on this machine. */
  readonly root: string;
  /** When it booted, in milliseconds. */
  readonly startedAt: number;
  /** How far its clock is ahead of the others, in milliseconds. */
  readonly clockSkewMs: number;
  /** A process id never given before on this node. */
  nextPid(): number;
}

/** What tasks need of the cluster they run in. */
export interface TaskHost {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly faults: FaultSource;
  readonly latency: Latency;
  readonly nodes: ReadonlyMap<string, TaskNode>;
  /** Aborted when the emulator stops. */
  readonly stopped: AbortSignal;
  /** The node of that name, or Proxmox's refusal. */
  node(name: string): TaskNode;
  /** Seconds since the epoch on the cluster's clock, or as a node's own clock has them. */
  seconds(node?: Pick<TaskNode, "clockSkewMs">): number;
}
