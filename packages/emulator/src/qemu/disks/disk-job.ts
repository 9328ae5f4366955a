import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import type { Identity } from "../../kernel/identity.ts";

/** Work on the disks of one machine. */
export interface DiskJob {
  readonly cluster: Cluster;
  readonly node: Node;
  readonly identity: Identity;
  readonly vmid: number;
  /** Receives the lines of the task log. */
  readonly log: (line: string) => void;
  /** For disks that name no storage. */
  readonly defaultStorage?: string | undefined;
  /** The options the machine has already, pending ones on top. */
  readonly present: Readonly<ConfigValues>;
}
