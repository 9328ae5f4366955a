import type { ObservedGuest } from "../observation/observed-cluster.ts";

/** What a look for strays saw of a cluster. */
export interface Sight {
  /** Every guest that the credentials see, containers too. */
  readonly guests: ReadonlyMap<number, SeenGuest>;
  /** Recorded machines of which nobody can tell whether they are there. */
  readonly hidden: ReadonlySet<number>;
  /** What lies on the storages of the classes, by number. */
  readonly folders: readonly SeenFolder[];
  /** Numbers without a machine that something still names, with the words for it. */
  readonly traces: ReadonlyMap<number, string>;
  /** Numbers that a pool has as members, though no machine has them. */
  readonly formerMembers: readonly { readonly vmid: number; readonly pool: string }[];
  /** The Proxmox pools whose members are shown. */
  readonly pools: ReadonlySet<string>;
  /** What could not be looked at, a sentence each. */
  readonly unseen: readonly string[];
}

/** A guest, with what its configuration says where that was read. */
export interface SeenGuest extends ObservedGuest {
  readonly pool?: string;
  readonly config?: SeenConfig;
}

/** What a guest's configuration says. */
export interface SeenConfig {
  readonly description: string | undefined;
  /** Every volume that it names, attached or not, now or after its next start, by its key (`volumeKey`). */
  readonly volumes: ReadonlySet<string>;
  /** By their keys, the volumes whose own names say on which template they stand. */
  readonly standsOn: ReadonlyMap<string, number>;
  /** Its snapshots name volumes too. */
  readonly hasSnapshots: boolean;
}

/** What a storage keeps for one number. */
export interface SeenFolder {
  readonly storage: string;
  /** Where it was seen; of a shared storage, one of the nodes. */
  readonly node: string;
  readonly vmid: number;
  readonly files: readonly SeenFile[];
  /** The marks of runs that were making disks there. */
  readonly marks: readonly string[];
}

/** A disk's file, or volume, of a number. */
export interface SeenFile {
  readonly name: string;
  readonly volume: string;
  /** The number of the template that it stands on; undefined: on none, or the storage does not tell. */
  readonly standsOn?: number;
  /** It stands on something that is no template's. */
  readonly isForeign?: true;
}
