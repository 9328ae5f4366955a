import type { PveCaller, SshNode } from "@coppice/pve";

/** What a pool needs of its cluster. */
export interface PoolCluster {
  readonly client: PveCaller;
  /** The shell of a node; undefined where the cluster is configured without SSH. */
  ssh(node: string): SshNode | undefined;
  /** Whether configuration files may be written as root. */
  readonly bulk: boolean;
}
