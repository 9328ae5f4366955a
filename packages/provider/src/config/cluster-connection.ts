import type { PveClient, SshNode } from "@coppice/pve";
import type { ClusterSettings } from "./cluster-settings.ts";

/** What a handler needs of a cluster. Nothing is opened before it is used. */
export interface ClusterConnection {
  readonly settings: ClusterSettings;
  readonly rest: PveClient;
  /** The SSH connection to a node, one for all callers; refuses when the cluster has no `ssh` settings. */
  ssh(node: string): SshNode;
}

/** Makes the connection to a cluster; it lives as long as the provider. */
export type Connect = (settings: ClusterSettings) => Promise<ClusterConnection>;
