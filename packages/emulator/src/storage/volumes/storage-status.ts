import { statfs } from "node:fs/promises";
import { backendOf } from "../backends/backend-of.ts";
import { type Place, realFolder } from "../catalog/place.ts";
import { checkActive, unusableReason } from "../catalog/storage-catalog.ts";

/** What a node knows of a storage, as `/nodes/{node}/storage` shows it. */
export interface StorageStatus {
  readonly type: string;
  readonly content: string;
  readonly shared: 0 | 1;
  readonly enabled: 0 | 1;
  readonly active: 0 | 1;
  readonly total: number;
  readonly used: number;
  readonly avail: number;
  /** With parameter `format`: what it can hold and what is made when nothing is asked for. */
  readonly format?: readonly [Readonly<Record<string, 1>>, string];
}

/** Asks the file system below a storage how full it is; a storage that cannot be used has zeros. */
export async function storageStatus(place: Place): Promise<StorageStatus> {
  const { storage } = place;
  const common = {
    type: storage.type,
    content: [...storage.content].join(","),
    shared: storage.shared ? 1 : 0,
  } as const;
  const off = { ...common, active: 0, total: 0, used: 0, avail: 0 } as const;
  if (unusableReason(place) !== undefined) return { ...off, enabled: 0 };
  try {
    checkActive(place, false);
    const disk = await statfs(realFolder(place));
    const total = disk.blocks * disk.bsize;
    const used = (disk.blocks - disk.bfree) * disk.bsize;
    return { ...common, enabled: 1, active: 1, total, used, avail: disk.bavail * disk.bsize };
  } catch {
    return { ...off, enabled: 1 }; // Proxmox shows a storage that cannot be activated as inactive (Storage.pm storage_info).
  }
}

/** The formats as the old parameter `format` shows them. */
export function formatsOf(place: Place): readonly [Readonly<Record<string, 1>>, string] {
  const backend = backendOf(place.storage);
  const wanted = backend.formats.find((format) => format === place.storage.options["format"]);
  return [
    Object.fromEntries(backend.formats.map((format) => [format, 1 as const])),
    wanted ?? backend.defaultFormat,
  ];
}
