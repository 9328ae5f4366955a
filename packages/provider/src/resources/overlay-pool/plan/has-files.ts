import type { Generation } from "@coppice/core";

/** Whether a generation's disks are image files, which overlays can stand on. The state of a TPM is copied. */
export function hasFiles({ disks }: Pick<Generation, "disks">): boolean {
  return disks.every(({ slot, format }) => slot === "tpmstate0" || format === "qcow2");
}
