import { readdir } from "node:fs/promises";
import { contentFolder } from "../catalog/file-paths.ts";
import { type Place, realPath } from "../catalog/place.ts";
import { imageInfo } from "../images/image-info.ts";
import { parseImageName } from "../volid.ts";
import type { VolumeEntry } from "../volume-types.ts";

/** At most this many files are opened at a time. */
const batch = 64;

/**
 * The disk images of a file storage, from the files themselves. A linked clone gets its long id only when its header
 * names the base as `../<vmid>/<file>` (pve-storage 9.1.7, Plugin.pm list_images).
 */
export async function listImageFiles(place: Place, vmid?: number): Promise<VolumeEntry[]> {
  const top = realPath(place, contentFolder(place.storage, "images"));
  const owners =
    vmid === undefined ? (await names(top)).filter((name) => /^\d+$/.test(name)) : [String(vmid)];
  const files: { owner: string; name: string }[] = [];
  for (const owner of owners) {
    for (const name of await names(`${top}/${owner}`)) if (isImageName(name)) files.push({ owner, name });
  }
  const entries: VolumeEntry[] = [];
  for (let at = 0; at < files.length; at += batch) {
    const found = await Promise.all(files.slice(at, at + batch).map((file) => entryOf(place, top, file)));
    entries.push(...found.filter((entry) => entry !== undefined));
  }
  return entries.sort((a, b) => compare(a.volid.toLowerCase(), b.volid.toLowerCase()));
}

async function names(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []); // A folder that is not there holds nothing.
}

function isImageName(name: string): boolean {
  return /^[^/\s]+\.(?:raw|qcow2|vmdk|subvol)$/.test(name) && !/^snap-.*\.qcow2$/.test(name);
}

async function entryOf(
  place: Place,
  top: string,
  file: { owner: string; name: string },
): Promise<VolumeEntry | undefined> {
  const { format } = parseImageName(file.name);
  const info = await imageInfo(place.cluster, `${top}/${file.owner}/${file.name}`, format);
  if (info === undefined) return undefined;
  const base = /^\.\.\/(\d+\/[^/]+\.(?:raw|qcow2|vmdk|subvol))$/.exec(info.parent ?? "")?.[1];
  const short = `${file.owner}/${file.name}`;
  return {
    volid: `${place.storage.id}:${base === undefined ? short : `${base}/${short}`}`,
    content: "images",
    format: info.valid ? format : "invalid",
    size: info.size,
    vmid: Number(file.owner),
    used: info.used,
    parent: info.parent ?? null,
    ctime: info.ctime,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
