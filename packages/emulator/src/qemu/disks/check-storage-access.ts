import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfigValues } from "../../guests/config/guest-config.ts";
import type { Identity } from "../../kernel/identity.ts";
import { badParameters, die } from "../../kernel/pve-error.ts";
import { requireVolumeAccess } from "../../storage/volumes/volume-access.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { type Drive, isCdrom, newDisk, parseDrive, storageOf } from "../config/drive.ts";
import { isDriveName } from "../options/drive-names.ts";
import type { DiskJob } from "./disk-job.ts";

/** What is asked about the storages that options name. */
export type StorageQuestion = Pick<DiskJob, "cluster" | "identity" | "vmid" | "defaultStorage">;

/** Demands the right to use every storage and volume that the options name (qemu-server 9.2.6, check_storage_access). */
export function checkStorageAccess(question: StorageQuestion, settings: Readonly<ConfigValues>): void {
  const { cluster, identity, vmid } = question;
  for (const key of Object.keys(settings).sort()) {
    if (isDriveName(key)) checkDriveAccess(question, key, parseDrive(settings[key] ?? ""));
    if (/^unused\d+$/.test(key)) {
      const { file } = parseDrive(settings[key] ?? "");
      if (storageOf(file) === undefined) throw badParameters({ [key]: `not a valid volid: ${file}` });
      checkVolumeAccess(cluster, identity, vmid, file);
    }
  }
  const state = settings["vmstatestorage"];
  if (state !== undefined) cluster.require(identity, `/storage/${state}`, ["Datastore.AllocateSpace"]);
}

function checkDriveAccess(question: StorageQuestion, key: string, drive: Drive): void {
  const { cluster, identity, vmid } = question;
  const { file } = drive;
  const cdrom = isCdrom(drive);
  const wanted = cdrom ? undefined : newDisk(file);
  if (file === "" || file === "none" || /(?:^|:)cloudinit$/.test(file)) {
    // Cloud-init drives cost no storage privilege (docs/proxmox-facts.md#cloud-init-drives).
  } else if (cdrom && file === "cdrom") cluster.require(identity, "/", ["Sys.Console"]);
  else if (wanted !== undefined) checkNewDisk(question, wanted.storage);
  else {
    checkVolumeAccess(cluster, identity, vmid, file);
    checkContentType(question, key, file);
  }
  if (drive["import-from"] !== undefined) checkSource(question, key, drive["import-from"]);
}

function checkNewDisk(
  { cluster, identity, defaultStorage }: StorageQuestion,
  named: string | undefined,
): void {
  const storage = named ?? defaultStorage ?? die("no storage ID specified (and no default storage)");
  cluster.require(identity, `/storage/${storage}`, ["Datastore.AllocateSpace"]);
  if (!volumes(cluster).config(storage).content.has("images")) {
    throw badParameters({ storage: `storage '${storage}' does not support vm images` });
  }
}

function checkContentType({ cluster }: StorageQuestion, key: string, file: string): void {
  if (storageOf(file) === undefined) return;
  const { vtype } = volumes(cluster).parse(file);
  if (vtype !== "images" && vtype !== "iso") {
    throw badParameters({ [key]: "content type needs to be 'images' or 'iso'" });
  }
}

function checkSource({ cluster, identity, vmid }: StorageQuestion, key: string, source: string): void {
  if (storageOf(source) === undefined) return checkVolumeAccess(cluster, identity, vmid, source);
  const { vtype, vmid: owner } = volumes(cluster).parse(source);
  if (vtype !== "images" && vtype !== "import") {
    throw badParameters({ [key]: `${source} has wrong type '${vtype}' - needs to be 'images' or 'import'` });
  }
  if (owner === undefined) checkVolumeAccess(cluster, identity, vmid, source);
  else cluster.require(identity, `/vms/${owner}`, ["VM.Clone"]);
}

/** Demands the right to use an existing volume for a guest; paths are for root@pam alone (pve-storage 9.1.7, Storage.pm). */
export function checkVolumeAccess(cluster: Cluster, identity: Identity, vmid: number, volid: string): void {
  if (storageOf(volid) !== undefined) requireVolumeAccess(cluster, identity, { volid, vmid });
  else if (!identity.isRoot) die("Only root can pass arbitrary filesystem paths.");
}
