/** What a cluster is to be checked for. */
export interface CheckScope {
  /** The storage of the seats' disks; none is looked at where it is absent. */
  readonly storage?: string;
  readonly bridge: string;
  /** An existing Proxmox pool, when machines are to be members of one. */
  readonly pool?: string;
  /** The number of the template, when only it is to be readable. */
  readonly template?: number;
  /** The nodes to look at; all that are online, where none is named. */
  readonly nodes?: readonly string[];
  /** Whether the storage is another one on each of several nodes. */
  readonly isLocal?: boolean;
}
