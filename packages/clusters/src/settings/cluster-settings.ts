/** Where a secret is found. `value` comes only out of a Pulumi secret. */
export type CredentialReference =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly value: string };

/** How one node is reached over SSH. */
export interface NodeSshSettings {
  readonly host: string;
  readonly port?: number;
  /** As in `hostKeys`, for those who keep all of a node together. */
  readonly hostKey?: string;
}

/** How the nodes of a cluster are reached over SSH. */
export interface SshSettings<Secret = CredentialReference> {
  /** @default "root" */
  readonly user: string;
  /** @default 22 */
  readonly port: number;
  readonly key: Secret;
  /** Each node's host key (`ssh-ed25519 AAAA…`) or its fingerprint (`SHA256:…`), by node name. */
  readonly hostKeys: Readonly<Record<string, string>>;
  readonly nodes: Readonly<Record<string, NodeSshSettings>>;
}

/**
 * One entry of the configuration `coppice:clusters`. In {@link ClusterSettings} each reference has
 * become the secret itself.
 */
export interface ClusterEntry<Secret = CredentialReference> {
  /** `https://pve1.example.org:8006`; any node of the cluster. */
  readonly endpoint: string;
  readonly caFile?: string;
  readonly fingerprint?: string;
  /** An API token, `user@realm!name=secret`. */
  readonly token: Secret;
  readonly ssh?: SshSettings<Secret>;
  /** Makes seats by copying configuration files as root; see the guide of the overlay pool. @default false */
  readonly bulk: boolean;
}

/** A cluster whose secrets have been read. */
export interface ClusterSettings extends ClusterEntry<string> {
  readonly name: string;
}
