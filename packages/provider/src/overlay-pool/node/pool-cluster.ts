import type { PveCaller, SshNode } from "@coppice/pve";
import type { ClusterConnection } from "../../config/cluster-connection.ts";

/** What a pool needs of its cluster. */
export interface PoolCluster {
  /** Its name in the configuration. */
  readonly name: string;
  readonly client: PveCaller;
  /** The shell of a node; undefined where the cluster is configured without SSH. */
  ssh(node: string): SshNode | undefined;
  /** Whether configuration files may be written as root. */
  readonly bulk: boolean;
}

/** The cluster of a pool, from the provider's connection to it. */
export function poolCluster(connection: ClusterConnection): PoolCluster {
  const { settings, rest } = connection;
  return {
    name: settings.name,
    client: rest,
    ssh: (node) => (settings.ssh === undefined ? undefined : connection.ssh(node)),
    bulk: settings.bulk,
  };
}
