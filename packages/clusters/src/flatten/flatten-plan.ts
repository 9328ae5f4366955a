import type { Bytes } from "@coppice/core";
import type { GuestPlace } from "@coppice/pve";

/** What becomes of a machine's disks when they leave their bases. */
export interface FlattenPlan {
  readonly place: GuestPlace;
  readonly name: string | undefined;
  readonly disks: readonly FlattenedDisk[];
  /** What the copies come to at most while they are made, by storage. */
  readonly needs: readonly StorageNeed[];
  /** What its user has to know before. */
  readonly warnings: readonly string[];
}

/** A disk that is copied out of its base. */
export interface FlattenedDisk {
  readonly slot: string;
  readonly volume: string;
  /** The number of the template that it stands on. */
  readonly base: number;
  /** Its size as the guest sees it. */
  readonly size: Bytes;
  /** The storage of the copy. */
  readonly storage: string;
  /** Proxmox copies nothing to the same storage in the same format: by way of raw, and back. */
  readonly isSameStorage: boolean;
}

/** Room that copies may take. */
export interface StorageNeed {
  readonly storage: string;
  readonly bytes: Bytes;
  /** Undefined where the storage does not tell. */
  readonly free: Bytes | undefined;
}
