import type { ConfigValues, GuestConfig } from "../../guests/config/guest-config.ts";
import { type Drive, isCdrom, isCloudInit, parseDrive } from "../config/drive.ts";
import { parseDriveSize } from "../config/drive-size.ts";
import { isDriveName } from "../options/drive-names.ts";

/** One volume a machine knows, with all that a migration asks about it (the names are those of the API). */
export interface GuestVolume {
  readonly volid: string;
  readonly drivename?: string;
  readonly size?: number;
  cdrom: 0 | 1;
  readonly replicate: 0 | 1;
  readonly shared: 0 | 1;
  is_attached: 0 | 1;
  is_unused: 0 | 1;
  readonly is_cloudinit: 0 | 1;
  readonly is_tpmstate: 0 | 1;
  readonly is_vmstate: 0 | 1;
  referenced_in_snapshot?: Record<string, 1>;
  referenced_in_pending?: 1;
}

/** Every volume of a machine: attached, unused, pending, and those of its snapshots (qemu-server 9.2.6, foreach_volid). */
export function guestVolumes(config: GuestConfig): Map<string, GuestVolume> {
  const found = new Map<string, GuestVolume>();
  for (const [key, volume] of volumesOf(config.values)) {
    const known = found.get(volume.volid);
    if (known === undefined) found.set(volume.volid, volume);
    else if (isDriveName(key)) known.is_attached = 1;
  }
  for (const [, volume] of volumesOf(config.pending)) {
    const known = found.get(volume.volid) ?? { ...volume, is_attached: 0 as const };
    known.referenced_in_pending = 1;
    found.set(volume.volid, known);
  }
  for (const [name, values] of Object.entries(config.snapshots)) {
    for (const [, volume] of volumesOf(values)) {
      const known = found.get(volume.volid) ?? { ...volume, is_attached: 0 as const };
      known.referenced_in_snapshot = { ...known.referenced_in_snapshot, [name]: 1 };
      found.set(volume.volid, known);
    }
  }
  return found;
}

function volumesOf(values: Readonly<ConfigValues>): [string, GuestVolume][] {
  return Object.entries(values).flatMap(([key, value]): [string, GuestVolume][] => {
    const unused = /^unused\d+$/.test(key);
    if (!isDriveName(key) && !unused && key !== "vmstate") return [];
    const drive = parseDrive(value);
    if (drive.file === "" || drive.file === "none" || drive.file === "cdrom") return [];
    return [[key, volumeOf(key, drive)]];
  });
}

function volumeOf(key: string, drive: Drive): GuestVolume {
  const size = parseDriveSize(drive["size"] ?? "");
  const flag = (condition: boolean) => (condition ? 1 : 0);
  return {
    volid: drive.file,
    ...(isDriveName(key) ? { drivename: key } : {}),
    ...(size === undefined ? {} : { size }),
    cdrom: flag(isCdrom(drive)),
    replicate: flag(drive["replicate"] !== "0"),
    shared: flag(drive["shared"] === "1"),
    is_attached: flag(isDriveName(key)),
    is_unused: flag(/^unused\d+$/.test(key)),
    is_cloudinit: flag(isCloudInit(drive)),
    is_tpmstate: flag(key === "tpmstate0"),
    is_vmstate: flag(key === "vmstate"),
  };
}
