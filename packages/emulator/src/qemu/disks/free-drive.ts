import type { GuestConfig } from "../../guests/config/guest-config.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { type Drive, isCdrom, storageOf } from "../config/drive.ts";
import type { DiskJob } from "./disk-job.ts";
import { ownsVolume } from "./unused.ts";
import { volumeInUse } from "./volume-in-use.ts";

/**
 * Frees a drive's volume for good when it is the machine's own; refused while a snapshot holds it. Answers whether the
 * option may go (qemu-server 9.2.6, try_deallocate_drive).
 */
export async function freeDrive(
  job: DiskJob,
  config: GuestConfig,
  key: string,
  drive: Drive,
): Promise<boolean> {
  if (isCdrom(drive, true)) return false;
  if (!ownsVolume(job.cluster, job.vmid, drive.file)) return true;
  const storage = storageOf(drive.file) ?? "";
  job.cluster.require(job.identity, `/storage/${storage}`, ["Datastore.AllocateSpace"]);
  if (volumeInUse(job.cluster, job.node, config, drive.file, key)) {
    die(`unable to delete '${drive.file}' - volume is still in use (snapshot?)`);
  }
  await volumes(job.cluster).free(job.node, drive.file);
  return true;
}
