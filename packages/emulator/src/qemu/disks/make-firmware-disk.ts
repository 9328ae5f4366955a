import { formatBytes } from "../../storage/format-bytes.ts";
import type { VolumeFormat } from "../../storage/volume-types.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import type { DiskJob } from "./disk-job.ts";

/** The sizes of OVMF's variable stores (pve-edk2-firmware): the asked-for size is ignored. */
const variableBytes = { "4m": 528 * 1024, "2m": 128 * 1024 } as const;

/** Makes the disk for UEFI variables; the lines are those of copying OVMF's template into it (recorded). */
export async function makeFirmwareDisk(
  job: DiskJob,
  storage: string,
  format: VolumeFormat,
  efitype: string | undefined,
): Promise<string> {
  const sizeBytes = variableBytes[efitype === "4m" ? "4m" : "2m"];
  const volid = await volumes(job.cluster).allocate(
    job.node,
    storage,
    { vmid: job.vmid, format, sizeBytes },
    job.log,
  );
  const size = formatBytes(sizeBytes);
  job.log(`transferred 0.0 B of ${size} (0.00%)`);
  job.log(`transferred ${size} of ${size} (100.00%)`);
  job.log(`transferred ${size} of ${size} (100.00%)`);
  return volid;
}
