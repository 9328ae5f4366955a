import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, rename, rm, truncate, writeFile } from "node:fs/promises";
import { die } from "../../kernel/pve-error.ts";
import { guestFolder, type Place, realPath } from "../catalog/place.ts";
import { imageInfo } from "../images/image-info.ts";
import { sparseCopy } from "../images/qemu-img.ts";
import { type ParsedVolname, parseThinVolname } from "../volid.ts";
import type { FeatureQuestion, VolumeEntry, VolumeFeature } from "../volume-types.ts";
import { type Backend, freeDiskName } from "./backend.ts";

/** LVM rounds every size up to its extents of 4 MiB. */
const extent = 4 * 1024 * 1024;

/**
 * LVM-thin rules on raw files: names without extension, clones that do not name their base, bases that may go while
 * clones live (pve-storage 9.1.7, LvmThinPlugin.pm). The files lie in the volume group's device folder.
 */
export const thinBackend: Backend = {
  defaultFormat: "raw",
  formats: ["raw"],
  tracksBases: false,
  parse: parseThinVolname,
  guestPath: (place, volname) => `${guestFolder(place.storage)}/${parseThinVolname(volname).name}`,

  async allocate(place, what, log) {
    if (what.format !== "raw") die(`unsupported format '${what.format}'`);
    const { name } = what;
    if (name !== undefined && !name.startsWith(`vm-${what.vmid}-`))
      die(`illegal name '${name}' - should be 'vm-${what.vmid}-*'`);
    const made = name ?? (await nextName(place, what.vmid));
    const path = volumePath(place, made);
    if (existsSync(path))
      die(
        `lvcreate '${vg(place)}/${made}' error: Logical Volume "${made}" already exists in volume group "${vg(place)}"`,
      );
    await mkdir(realPath(place, guestFolder(place.storage)), { recursive: true });
    await writeFile(path, "", { flag: "wx", mode: 0o660 });
    await truncate(path, toExtents(what.sizeBytes));
    log?.(`  Logical volume "${made}" created.`);
    return made;
  },

  async free(place, volname, log) {
    for (const snapshot of await snapshotsOf(place, volname))
      await rm(volumePath(place, snapshot), { force: true });
    if (!existsSync(volumePath(place, volname))) return;
    await rm(volumePath(place, volname));
    log?.(`  Logical volume "${volname}" successfully removed.`);
  },

  async createBase(place, volname, log) {
    const volume = parseThinVolname(volname);
    if (volume.isBase) die("create_base not possible with base image");
    const [snapshot] = await snapshotsOf(place, volname);
    if (snapshot !== undefined) die(`unable to create base volume - found snaphost '${snapshot}'`);
    const base = volname.replace(/^vm-/, "base-");
    await rename(volumePath(place, volname), volumePath(place, base));
    await chmod(volumePath(place, base), 0o444);
    log?.(`  Renamed "${volname}" to "${base}" in volume group "${vg(place)}"`);
    return base;
  },

  async cloneImage(place, volname, vmid, snapshot, log) {
    if (snapshot === undefined && !parseThinVolname(volname).isBase)
      die("clone_image only works on base images");
    const name = await nextName(place, vmid);
    const source = snapshot === undefined ? volname : snapshotName(volname, snapshot);
    await sparseCopy(volumePath(place, source), volumePath(place, name));
    await chmod(volumePath(place, name), 0o660);
    log?.(`  Logical volume "${name}" created.`);
    return name;
  },

  async resize(place, volname, sizeBytes, log) {
    await truncate(volumePath(place, volname), toExtents(sizeBytes));
    log?.(`  Logical volume ${vg(place)}/${volname} successfully resized.`);
  },

  async snapshot(place, volname, name, log) {
    await sparseCopy(volumePath(place, volname), volumePath(place, snapshotName(volname, name)));
    log?.(`  Logical volume "${snapshotName(volname, name)}" created.`);
  },

  async rollback(place, volname, name, log) {
    const source = volumePath(place, snapshotName(volname, name));
    if (!existsSync(source))
      die(`lvm rollback '${vg(place)}/${snapshotName(volname, name)}' error: no such logical volume`);
    await rm(volumePath(place, volname), { force: true });
    log?.(`  Logical volume "${volname}" successfully removed.`);
    await sparseCopy(source, volumePath(place, volname));
    log?.(`  Logical volume "${volname}" created.`);
  },

  async deleteSnapshot(place, volname, name, log) {
    await rm(volumePath(place, snapshotName(volname, name)), { force: true });
    log?.(`  Logical volume "${snapshotName(volname, name)}" successfully removed.`);
  },

  source(place, volname, snapshot) {
    return [
      "-f",
      "raw",
      volumePath(place, snapshot === undefined ? volname : snapshotName(volname, snapshot)),
    ];
  },

  hasFeature: thinFeature,

  async rename(place, volname, vmid) {
    const name = await nextName(place, vmid);
    await rename(volumePath(place, volname), volumePath(place, name));
    return name;
  },

  listImages: listThinVolumes,
  nextDiskName: nextName,
};

function thinFeature(feature: VolumeFeature, volume: ParsedVolname, question: FeatureQuestion): boolean {
  const state = question.snapshot !== undefined ? "snap" : volume.isBase ? "base" : "current";
  return features[feature].includes(state);
}

/** Which states of a volume can do what (LvmThinPlugin.pm volume_has_feature). */
const features: Readonly<Record<VolumeFeature, readonly ("base" | "current" | "snap")[]>> = {
  snapshot: ["current"],
  clone: ["base", "snap"],
  template: ["current"],
  copy: ["base", "current", "snap"],
  sparseinit: ["base", "current"],
  rename: ["current"],
};

async function listThinVolumes(place: Place, vmid?: number): Promise<VolumeEntry[]> {
  const names = await volumeNames(place);
  const rows = names.map(async (name): Promise<VolumeEntry | undefined> => {
    const owner = Number(/^(?:vm|base)-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(owner) || (vmid !== undefined && owner !== vmid)) return undefined;
    const info = await imageInfo(place.cluster, volumePath(place, name), "raw");
    if (info === undefined) return undefined;
    return {
      volid: `${place.storage.id}:${name}`,
      content: "images",
      format: "raw",
      size: info.size,
      vmid: owner,
      ctime: info.ctime,
    };
  });
  return (await Promise.all(rows))
    .filter((row) => row !== undefined)
    .sort((a, b) => (a.volid < b.volid ? -1 : 1));
}

async function nextName(place: Place, vmid: number): Promise<string> {
  const name = freeDiskName(place, vmid, await volumeNames(place), "");
  return name ?? die(`unable to allocate an image name for VM ${vmid} in storage '${place.storage.id}'`);
}

async function volumeNames(place: Place): Promise<string[]> {
  return await readdir(realPath(place, guestFolder(place.storage))).catch(() => []); // No folder yet: no volume yet.
}

async function snapshotsOf(place: Place, volname: string): Promise<string[]> {
  return (await volumeNames(place)).filter((name) => name.startsWith(`snap_${volname}_`));
}

function snapshotName(volname: string, snapshot: string): string {
  return `snap_${volname}_${snapshot}`;
}

function volumePath(place: Place, volname: string): string {
  return realPath(place, `${guestFolder(place.storage)}/${volname}`);
}

function vg(place: Place): string {
  return place.storage.options["vgname"] ?? place.storage.id;
}

function toExtents(bytes: number): number {
  return Math.ceil(bytes / extent) * extent;
}
