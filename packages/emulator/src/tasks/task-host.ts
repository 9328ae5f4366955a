import type { Clock } from "@coppice/core";
import type { Counters } from "../kernel/counters.ts";
import type { FaultSource } from "../kernel/fault-source.ts";
import type { Latency } from "../kernel/latency.ts";
import type { Node } from "../kernel/node.ts";

/** What tasks need of the cluster they run in. */
export interface TaskHost {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly faults: FaultSource;
  readonly latency: Latency;
  readonly nodes: ReadonlyMap<string, Node>;
  /** Aborted when the emulator stops. */
  readonly stopped: AbortSignal;
  /** The node of that name, or Proxmox's refusal. */
  node(name: string): Node;
  /** Seconds since the epoch on the cluster's clock, or as a node's own clock has them. */
  seconds(node?: Node): number;
}
