import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfigDraft } from "../../guests/config/guest-config.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { type Drive, isCdrom, isCloudInit, storageOf } from "../config/drive.ts";
import type { DiskJob } from "./disk-job.ts";

/** How many slots there are for detached volumes. */
const unusedSlots = 256;

/** Puts a volume into the first free `unusedN`, unless it is in one already; answers the slot it is in. */
export function addUnused(config: ConfigDraft, volid: string): string {
  for (let index = 0; index < unusedSlots; index += 1) {
    const key = `unused${index}`;
    if (config.values[key] === volid) return key;
  }
  for (let index = 0; index < unusedSlots; index += 1) {
    const key = `unused${index}`;
    if (config.values[key] !== undefined) continue;
    config.values[key] = volid;
    return key;
  }
  return die("Too many unused volumes - please delete them first.");
}

/** True when the volume is of this machine's own. */
export function ownsVolume(cluster: Cluster, vmid: number, volid: string): boolean {
  const storage = storageOf(volid);
  return storage !== undefined && volumes(cluster).parse(volid).vmid === vmid;
}

/**
 * What becomes of a drive that is taken off: cloud-init's is freed, an own volume goes into `unusedN`, a CD-ROM and
 * another machine's volume are merely forgotten (qemu-server 9.2.6, vmconfig_register_unused_drive).
 */
export async function retireDrive(job: DiskJob, config: ConfigDraft, drive: Drive): Promise<void> {
  if (isCloudInit(drive)) {
    await volumes(job.cluster).free(job.node, drive.file);
    delete config.special["cloudinit"];
  } else if (!isCdrom(drive) && ownsVolume(job.cluster, job.vmid, drive.file)) addUnused(config, drive.file);
}
