import type { StorageStatus } from "@coppice/pve";

/** What a storage is good for, as one node sees it. */
export interface StorageFitness {
  /** As Proxmox names it, for example `nfs`. */
  readonly type: string;
  /** Why no machine's disk can be made on it; undefined when one can. */
  readonly problem?: StorageProblem;
  /** Its disks are files and may be qcow2, so overlays can stand on them; elsewhere Proxmox clones by its own means. */
  readonly hasFiles: boolean;
  /** One storage for all nodes. */
  readonly shared: boolean;
  /** Bytes; undefined where the storage does not tell. */
  readonly free: number | undefined;
}

/** What is wrong with a storage, as the end of a sentence about it, and the way out. */
export interface StorageProblem {
  readonly what: string;
  readonly wayOut: string;
}

/**
 * Types whose disks are files and may be qcow2 (pve-storage 9.1.7, `plugindata` of each). btrfs keeps raw disks, each in a
 * subvolume; cephfs takes no disks at all; what LVM calls qcow2 is no file.
 */
const FILES = new Set(["dir", "nfs", "cifs"]);

/** Whether disks on a storage of this type are files that overlays can stand on. */
export function hasFilesOfType(type: string): boolean {
  return FILES.has(type);
}

/** Judges a storage for disks of machines. */
export function storageFitness(status: StorageStatus): StorageFitness {
  const problem = problemOf(status);
  return {
    type: status.type,
    hasFiles: hasFilesOfType(status.type),
    shared: status.shared,
    free: status.avail,
    ...(problem && { problem }),
  };
}

function problemOf({ enabled, active, content }: StorageStatus): StorageProblem | undefined {
  if (!enabled) return { what: "is disabled", wayOut: "Choose another 'storage', or enable that one" };
  if (!active)
    return {
      what: "is not active",
      wayOut: "Choose another 'storage', or look why the node cannot reach that one",
    };
  if (content.split(",").includes("images")) return undefined;
  return {
    what: `takes ${content}, not images`,
    wayOut: "Choose another 'storage', or add the content 'images' to that one",
  };
}
