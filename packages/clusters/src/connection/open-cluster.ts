import type { PveClient, SshNode } from "@coppice/pve";
import type { ClusterSettings } from "../settings/cluster-settings.ts";

/** A registered cluster that is in use. Nothing is connected before it is used. */
export interface OpenCluster {
  readonly settings: ClusterSettings;
  readonly client: PveClient;
  /** The shell of a node, one connection for all callers; undefined where the cluster is configured without SSH. */
  ssh(node: string): SshNode | undefined;
  /** Ends its connections. */
  close(): Promise<void>;
}

/** Opens a cluster; it stays open as long as the provider's session lasts. */
export type Connect = (settings: ClusterSettings) => Promise<OpenCluster>;
