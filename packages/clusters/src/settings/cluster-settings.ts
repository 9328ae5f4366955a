import type { Cluster, ClusterSsh, SshNode } from "@coppice/core";

/** A cluster whose secrets have been read. */
export interface ClusterSettings extends Omit<Cluster, "token" | "ssh"> {
  /** Its name in the configuration. */
  readonly name: string;
  /** An API token, `user@realm!name=secret`. */
  readonly token: string;
  /** Where it was read, for people: `the file /run/secrets/pve`; absent where the configuration holds it. */
  readonly tokenFrom?: string;
  readonly ssh?: SshSettings;
}

/** How the nodes of a cluster are reached over SSH, the key read. */
export interface SshSettings extends Omit<ClusterSsh, "key"> {
  readonly key: string;
  readonly hostKeys: Readonly<Record<string, string>>;
  readonly nodes: Readonly<Record<string, SshNode>>;
}
