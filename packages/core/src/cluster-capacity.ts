import type { Bytes } from "./values/size.ts";

/** What a cluster has, and how much of it is given away. What nobody tells is absent: it is not known, and not nothing. */
export interface ClusterCapacity {
  readonly nodes: readonly NodeRoom[];
  /** A shared storage once; another once for each node that has it. */
  readonly storages: readonly StorageRoom[];
}

/** A node's memory. */
export interface NodeRoom {
  readonly node: string;
  readonly isOnline: boolean;
  readonly memory?: Bytes;
  /** What all its guests may take, stopped ones too. */
  readonly promised: Bytes;
}

/** Room on a storage. */
export interface StorageRoom {
  readonly storage: string;
  /** The nodes that have it. */
  readonly nodes: readonly string[];
  readonly isShared: boolean;
  readonly size?: Bytes;
  readonly used?: Bytes;
}
