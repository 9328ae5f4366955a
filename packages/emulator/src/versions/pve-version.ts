/** What differs between the releases we imitate, as data. */
export interface PveVersion {
  readonly id: "8.4" | "9.2";
  readonly version: string;
  readonly release: string;
  readonly repoid: string;
  /** `creation-qemu` in a guest's meta line. */
  readonly qemu: string;
  readonly kernel: string;
  readonly privileges: readonly string[];
  /** The built-in roles and their privileges. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly features: VersionFeatures;
}

/** Behaviour that one release has and the other has not. */
export interface VersionFeatures {
  /** Tags come back sorted; 8.4 keeps their order. */
  readonly sortedTags: boolean;
  /** Native linked clones and new files get `extended_l2=on,cluster_size=128k,preallocation=metadata`. */
  readonly extendedL2Clones: boolean;
  /** Guest rows carry `memhost`, running ones the `pressure…` fields. */
  readonly memhost: boolean;
  /** SDN zones are resources of type `network`; on 8.4 of type `sdn`. */
  readonly networkResources: boolean;
  /** HA rules instead of groups. */
  readonly haRules: boolean;
  /** Guests start with `-blockdev`; on 8.4 with `-drive`. */
  readonly blockdev: boolean;
  /** After a stop, a clean-up waits for QEMU to vanish in the lock of a machine that runs again. */
  readonly waitingCleanup: boolean;
  /** Storages of type glusterfs. */
  readonly glusterfs: boolean;
  /** pvecm gives a new cluster a `token_coefficient`. */
  readonly tokenCoefficient: boolean;
  /** A new cluster shows in `cluster/status` only once it changed or another node joined; on 8.4 at once. */
  readonly lateCluster: boolean;
  /** A guest's disk that cannot be removed makes its task end with warnings; on 8.4 the log alone tells. */
  readonly destroyWarns: boolean;
}
