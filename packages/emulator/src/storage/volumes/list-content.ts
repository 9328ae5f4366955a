import { readdir, stat } from "node:fs/promises";
import type { Backend } from "../backends/backend.ts";
import { contentFolder } from "../catalog/file-paths.ts";
import { type Place, realPath } from "../catalog/place.ts";
import { fileNames } from "../volid.ts";
import type { VolumeEntry, VolumeType } from "../volume-types.ts";

type FileKind = keyof typeof fileNames;

/** What lies on a storage: images of its guests and files of the content types it is configured for. */
export async function listContent(
  place: Place,
  backend: Backend,
  filter: { vmid?: number; content?: string },
): Promise<VolumeEntry[]> {
  const wanted = (kind: VolumeType) =>
    place.storage.content.has(kind) && (filter.content === undefined || filter.content === kind);
  const entries: VolumeEntry[] = [];
  if (wanted("images") || wanted("rootdir")) {
    const images = await backend.listImages(place, filter.vmid);
    entries.push(
      ...images.map((entry) => withGuestKind(place, entry)).filter((entry) => wanted(entry.content)),
    );
  }
  if (place.storage.path !== undefined) {
    for (const kind of ["vztmpl", "iso", "backup", "snippets", "import"] as const) {
      if (wanted(kind)) entries.push(...(await listFiles(place, kind, filter.vmid)));
    }
  }
  return entries.sort((a, b) => (a.volid.toLowerCase() < b.volid.toLowerCase() ? -1 : 1));
}

/** An image of a container is `rootdir`, any other `images` (Plugin.pm list_volumes). */
function withGuestKind(place: Place, entry: VolumeEntry): VolumeEntry {
  const isContainer = [...place.cluster.nodes.keys()].some(
    (node) => place.cluster.files.version(`nodes/${node}/lxc/${entry.vmid}.conf`) !== 0,
  );
  return isContainer ? { ...entry, content: "rootdir" } : entry;
}

async function listFiles(place: Place, kind: FileKind, vmid: number | undefined): Promise<VolumeEntry[]> {
  if (vmid !== undefined && (kind === "iso" || kind === "vztmpl")) return [];
  const folder = realPath(place, contentFolder(place.storage, kind));
  const names = await readdir(folder).catch(() => []); // A folder that is not there holds nothing.
  const found: VolumeEntry[] = [];
  for (const name of names) {
    if (!fileNames[kind].test(name) || !belongsTo(kind, name, vmid)) continue;
    const file = await stat(`${folder}/${name}`).catch(() => undefined);
    if (file === undefined || file.isDirectory()) continue;
    found.push({
      volid: `${place.storage.id}:${kind}/${name}`,
      content: kind,
      format: formatOf(kind, name),
      size: file.size,
      ctime: Math.floor(file.ctimeMs / 1000),
      ...ownerOf(kind, name),
    });
  }
  return found;
}

function belongsTo(kind: FileKind, name: string, vmid: number | undefined): boolean {
  return kind !== "backup" || vmid === undefined || name.includes(`-${vmid}-`);
}

function ownerOf(kind: FileKind, name: string): { vmid?: number } {
  const owner = kind === "backup" ? /-([1-9]\d{2,8})-[^/]+$/.exec(name)?.[1] : undefined;
  return owner === undefined ? {} : { vmid: Number(owner) };
}

function formatOf(kind: FileKind, name: string): string {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  if (kind === "iso") return "iso";
  if (kind === "snippets") return "snippet";
  if (kind === "vztmpl") return extension === "tar" ? "tar" : `t${extension}`;
  if (kind === "backup") return /\.(tgz|(?:tar|vma)(?:\.[a-z0-9]+)?)$/.exec(name)?.[1] ?? extension;
  return extension;
}
