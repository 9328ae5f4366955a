import type { ConfigValues } from "../../guests/config/guest-config.ts";
import { type Properties, parseProperties, printProperties } from "../../guests/config/property-string.ts";
import { badParameters } from "../../kernel/pve-error.ts";
import { booleanKeys } from "../../schema/property-string.ts";
import { driveFormats } from "../options/drive-formats.ts";

/** A drive's value taken apart; `file` is the volume id, or `none`, `cdrom`, or `STORE:SIZE` for a disk to be made. */
export interface Drive extends Properties {
  file: string;
}

const booleans = new Set(Object.values(driveFormats).flatMap(booleanKeys));
const names = { defaultKey: "file", booleans };

/** Keys that qemu-server 9 drops when it writes a drive. */
const dropped = new Set(["cyls", "heads", "secs", "trans"]);

/** Takes a drive's value apart; `volume=` is the old name of the file. */
export function parseDrive(text: string): Drive {
  const { volume, file, ...rest } = parseProperties(text, names);
  return { ...rest, file: file ?? volume ?? "" };
}

/** Writes a drive's value. */
export function printDrive(drive: Readonly<Properties>): string {
  const kept = Object.entries(drive).filter(([key]) => !dropped.has(key));
  return printProperties(Object.fromEntries(kept), names);
}

/** True for the drive that carries cloud-init's data, made or still to be made. */
export function isCloudInit(drive: Readonly<Drive>): boolean {
  return /[:/](?:vm-\d+-)?cloudinit(?:\.(?:raw|qcow|qcow2|qed|vmdk|cloop))?$/.test(drive.file);
}

/** True for CD-ROM drives; the cloud-init drive is one of them unless it is excluded. */
export function isCdrom(drive: Readonly<Drive>, excludeCloudInit = false): boolean {
  if (excludeCloudInit && isCloudInit(drive)) return false;
  return drive["media"] === "cdrom";
}

/** `STORE:SIZE`, a disk to be made: the storage may be left out where there is a default. */
export function newDisk(
  file: string,
): { readonly storage: string | undefined; readonly gigabytes: number } | undefined {
  const match = /^(?:([^:\s]+):)?(\d+(?:\.\d+)?)$/.exec(file);
  return match === null ? undefined : { storage: match[1], gigabytes: Number(match[2]) };
}

/** The storage of a volume id; undefined for `none`, `cdrom` and paths. */
export function storageOf(volid: string): string | undefined {
  return /^([a-z][a-z0-9\-_.]*[a-z0-9]):/i.exec(volid)?.[1];
}

/** `cdrom` is another name for `ide2` with `media=cdrom`. */
export function resolveCdrom(values: Readonly<ConfigValues>): ConfigValues {
  const { cdrom, ...rest } = values;
  if (cdrom === undefined) return rest;
  if (rest["ide2"] !== undefined) throw badParameters({ cdrom: "option conflicts with option 'ide2'" });
  return { ...rest, ide2: cdrom.includes("media=") ? cdrom : `${cdrom},media=cdrom` };
}
