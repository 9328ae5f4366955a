import type { VolumeFormat } from "../../storage/volume-types.ts";

/** A format parameter as the storages know it; formats that no storage makes count as not given. */
export function imageFormat(text: string | undefined): VolumeFormat | undefined {
  return text === "raw" || text === "qcow2" || text === "vmdk" ? text : undefined;
}
