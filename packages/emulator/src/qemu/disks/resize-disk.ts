import { checkDigest } from "../../guests/config/config-checks.ts";
import type { GuestJob } from "../../guests/guest-job.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { checkLock, editConfig, lockConfig, saveConfig } from "../config/config-file.ts";
import { isCdrom, parseDrive, printDrive, storageOf } from "../config/drive.ts";
import { formatDriveSize } from "../config/drive-size.ts";

/** A wanted size: absolute, or with `+` in addition. */
export interface Resize {
  readonly key: string;
  readonly size: string;
  readonly digest: string | undefined;
}

/** The work of the task `resize`; disks only grow (qemu-server 9.2.6, resize_vm). */
export async function resizeDisk(job: GuestJob, wanted: Resize): Promise<void> {
  const { cluster, node, vmid } = job;
  await lockConfig(cluster, node, vmid, async () => {
    const config = editConfig(cluster, node, vmid);
    checkDigest(config, wanted.digest);
    if (job.skiplock !== true) checkLock(config);
    const drive = parseDrive(config.values[wanted.key] ?? die(`disk '${wanted.key}' does not exist`));
    if (drive.file === "") die(`disk '${wanted.key}' has no associated volume`);
    if (isCdrom(drive)) die("you can't resize a cdrom");
    cluster.require(job.identity, `/storage/${storageOf(drive.file) ?? ""}`, ["Datastore.AllocateSpace"]);
    const { size } = await volumes(cluster).info(node, drive.file);
    const bytes = wantedBytes(wanted.size, size);
    if (bytes < size) die("shrinking disks is not supported");
    if (bytes === size) return;
    await volumes(cluster).resize(node, drive.file, bytes, job.log);
    config.values[wanted.key] = printDrive({ ...drive, size: formatDriveSize(bytes) });
    await saveConfig(cluster, node, vmid, config);
  });
}

const factors = new Map([
  ["K", 1024],
  ["M", 1024 ** 2],
  ["G", 1024 ** 3],
  ["T", 1024 ** 4],
]);

/** Reads `+1G`, `20G`, `512M`. */
export function wantedBytes(text: string, present: number): number {
  const match = /^(\+?)(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text);
  const bytes = Number(match?.[2] ?? 0) * (factors.get(match?.[3] ?? "") ?? 1);
  return Math.floor(match?.[1] === "+" ? present + bytes : bytes);
}
