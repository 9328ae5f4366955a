import type { PveVersion } from "./pve-version.ts";

/** What qemu-img is told differently by the two generations. */
export interface ImageRules {
  /** Options of a linked clone; 8.4 gives none (libpve-storage-perl 9.0.4 introduced them). */
  readonly cloneOptions: readonly string[];
  /** Whether a resize names the preallocation (recordings `resize overlay`, 8.4 and 9.2). */
  readonly resizePreallocation: boolean;
  /** Whether a full copy logs the volume it made. */
  readonly saysAllocated: boolean;
}

const rules: Readonly<Record<"8" | "9", ImageRules>> = {
  "8": { cloneOptions: [], resizePreallocation: false, saysAllocated: false },
  "9": {
    cloneOptions: ["extended_l2=on", "cluster_size=128k"],
    resizePreallocation: true,
    saysAllocated: true,
  },
};

export function imageRules(version: PveVersion): ImageRules {
  return version.release.startsWith("8") ? rules["8"] : rules["9"];
}
