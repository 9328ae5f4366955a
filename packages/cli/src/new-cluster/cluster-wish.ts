/** What is given of a cluster before anything is asked. */
export interface ClusterWish {
  readonly endpoint?: string;
  readonly fingerprint?: string;
  readonly caFile?: string;
  /** File that holds an API token. */
  readonly tokenFile?: string;
  /** Environment variable that holds an API token. */
  readonly tokenEnv?: string;
  /** File of the private key. */
  readonly sshKey?: string;
  readonly sshUser?: string;
  /** Addresses of nodes, `host` or `host:port`, by name. */
  readonly sshNode: Readonly<Record<string, string>>;
  /** Host keys or their fingerprints, by node. */
  readonly hostKey: Readonly<Record<string, string>>;
}
