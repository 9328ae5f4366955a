import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import type { Identity } from "../../kernel/identity.ts";
import type { DiskJob } from "../disks/disk-job.ts";

/** A wanted change of a machine's configuration, its parameters taken apart and checked. */
export interface UpdateRequest {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly identity: Identity;
  readonly vmid: number;
  readonly set: ConfigValues;
  readonly remove: readonly string[];
  readonly revert: readonly string[];
  /** Free disks that are removed instead of keeping them as `unusedN`. */
  readonly force: boolean;
  readonly skiplock: boolean;
  readonly digest: string | undefined;
  /** What the log says was asked for. */
  readonly text: string;
}

/** What one update works on while it holds the lock. */
export interface UpdateRun {
  readonly request: UpdateRequest;
  readonly job: DiskJob;
  /** The options this request touches: only they are hot-plugged now. */
  readonly touched: Set<string>;
  readonly bootOrder: string[];
}
