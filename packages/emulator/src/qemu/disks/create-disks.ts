import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { type Drive, isCloudInit, newDisk, parseDrive, printDrive, storageOf } from "../config/drive.ts";
import { formatDriveSize } from "../config/drive-size.ts";
import { isDriveName } from "../options/drive-names.ts";
import { imageFormat } from "../options/machine-params.ts";
import { checkVolumeAccess } from "./check-storage-access.ts";
import type { DiskJob } from "./disk-job.ts";
import { freeQuietly } from "./free-quietly.ts";
import { importDisk } from "./import-disk.ts";
import { makeFirmwareDisk } from "./make-firmware-disk.ts";

/** Cloud-init's drive is always 4 MiB (qemu-server, Cloudinit.pm). */
export const cloudInitBytes = 4 * 1024 ** 2;
/** The state of a TPM is always 4 MiB (qemu-server, Drive.pm). */
const tpmStateBytes = 4 * 1024 ** 2;

/** What was made: the new volumes, and the options that name them. */
export interface CreatedDisks {
  readonly volids: readonly string[];
  readonly values: ConfigValues;
}

/**
 * Makes or takes over the disks that drive options name, in the order of the options. On failure the volumes made so
 * far are freed; volumes that were taken over stay (qemu-server 9.2.6, PVE/API2/Qemu.pm, create_disks).
 */
export async function createDisks(job: DiskJob, settings: Readonly<ConfigValues>): Promise<CreatedDisks> {
  const volids: string[] = [];
  const values: ConfigValues = {};
  const made = { volids, values };
  try {
    for (const key of Object.keys(settings).filter(isDriveName).sort()) {
      made.values[key] = await createDisk(job, key, parseDrive(settings[key] ?? ""), made);
    }
  } catch (error) {
    await freeQuietly(job, made.volids);
    throw error;
  }
  return made;
}

interface Made {
  readonly volids: string[];
  readonly values: ConfigValues;
}

async function createDisk(job: DiskJob, key: string, drive: Drive, made: Made): Promise<string> {
  const { size: _size, ...plain } = drive;
  if (drive.file === "" || drive.file === "none" || drive.file === "cdrom") return printDrive(plain);
  if (/(?:^|:)cloudinit$/.test(drive.file)) return await makeCloudInit(job, key, drive, made);
  if (newDisk(drive.file) !== undefined) return await makeDisk(job, key, drive, made);
  return await takeOver(job, key, drive, made);
}

async function makeCloudInit(job: DiskJob, key: string, drive: Drive, made: Made): Promise<string> {
  refuseSecondCloudInit(job, key, made);
  const storage =
    storageOf(drive.file) ?? job.defaultStorage ?? die("no storage ID specified (and no default storage)");
  const service = volumes(job.cluster);
  const onFiles = service.config(storage).path !== undefined;
  const format = imageFormat(drive["format"]) ?? (onFiles ? "qcow2" : "raw");
  const name = onFiles ? `vm-${job.vmid}-cloudinit.${format}` : `vm-${job.vmid}-cloudinit`;
  const what = { vmid: job.vmid, format, sizeBytes: cloudInitBytes, name };
  const volid = await service.allocate(job.node, storage, what, job.log);
  made.volids.push(volid);
  const { format: _format, ...rest } = drive;
  const text = printDrive({ ...rest, file: volid, media: "cdrom" });
  job.log(`${key}: successfully created disk '${text}'`);
  return text;
}

function refuseSecondCloudInit(job: DiskJob, key: string, made: Made): void {
  const drives = Object.entries({ ...job.present, ...made.values });
  const other = drives.find(([name, value]) => {
    if (name === key || !isDriveName(name)) return false;
    const drive = parseDrive(value);
    return isCloudInit(drive) && newlyNamed(drive.file);
  });
  if (other !== undefined) die(`${key} - cloud-init drive is already attached at '${other[0]}'`);
}

/** A drive that still reads `STORE:cloudinit` is one of this very request and not yet made. */
function newlyNamed(file: string): boolean {
  return !/(?:^|:)cloudinit$/.test(file);
}

async function makeDisk(job: DiskJob, key: string, drive: Drive, made: Made): Promise<string> {
  const wanted = newDisk(drive.file);
  const storage =
    wanted?.storage ?? job.defaultStorage ?? die("no storage ID specified (and no default storage)");
  const { format, "import-from": source, ...rest } = drive;
  const imported =
    source === undefined
      ? undefined
      : await importDisk(job, { key, source, storage, format: imageFormat(format) });
  const volid =
    imported?.volid ?? (await allocate(job, key, { ...drive, file: storage }, wanted?.gigabytes ?? 0));
  made.volids.push(volid);
  const final =
    job.present["template"] === "1" ? await volumes(job.cluster).createBase(job.node, volid) : volid;
  if (final !== volid) made.volids.splice(-1, 1, final);
  const size = imported?.size ?? (await volumes(job.cluster).info(job.node, final)).size;
  const text = printDrive({ ...rest, file: final, size: formatDriveSize(size) });
  job.log(`${key}: successfully created disk '${text}'`);
  return text;
}

async function allocate(job: DiskJob, key: string, drive: Drive, gigabytes: number): Promise<string> {
  const storage = drive.file;
  const service = volumes(job.cluster);
  const format = imageFormat(drive["format"]) ?? service.defaultFormat(storage);
  if (key === "efidisk0") return await makeFirmwareDisk(job, storage, format, drive["efitype"]);
  const kibibytes = Math.floor(gigabytes * 1024 ** 2);
  const sizeBytes = key === "tpmstate0" ? tpmStateBytes : kibibytes * 1024;
  return await service.allocate(job.node, storage, { vmid: job.vmid, format, sizeBytes }, job.log);
}

async function takeOver(job: DiskJob, key: string, drive: Drive, made: Made): Promise<string> {
  const volid = drive.file;
  checkVolumeAccess(job.cluster, job.identity, job.vmid, volid);
  const service = volumes(job.cluster);
  if (storageOf(volid) === undefined) return printDrive(drive);
  const { vtype, format } = service.parse(volid);
  if (vtype !== "images" && vtype !== "iso") {
    die(`cannot use volume ${volid} - content type needs to be 'images' or 'iso'`);
  }
  if (drive["format"] !== undefined && drive["format"] !== format) {
    const differs = `'format=${drive["format"]}' option different from storage format '${format}'`;
    die(`drive '${key}' - volume '${volid}' - ${differs}`);
  }
  if (isCloudInit(drive)) refuseSecondCloudInit(job, key, made);
  const { size } = await service.info(job.node, volid);
  return printDrive({ ...drive, size: formatDriveSize(size) });
}
