import { existsSync } from "node:fs";
import { chmod, mkdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import { die } from "../../kernel/pve-error.ts";
import { imageRules } from "../../versions/image-rules.ts";
import { contentFolder } from "../catalog/file-paths.ts";
import { type Place, realPath } from "../catalog/place.ts";
import type { StorageConfig } from "../catalog/storage-config.ts";
import { imageInfo } from "../images/image-info.ts";
import { qemuImgStep } from "../images/qemu-img.ts";
import { parseFileVolname, parseImageName } from "../volid.ts";
import type { VolumeFormat } from "../volume-types.ts";
import { type Backend, freeDiskName } from "./backend.ts";
import { isImmutable, protectBase, unprotectBase } from "./base-protection.ts";
import { fileFeature } from "./file-features.ts";
import { listImageFiles } from "./image-listing.ts";

/** Storages that are folders: dir, nfs, cifs … (pve-storage 9.1.7, PVE/Storage/Plugin.pm). */
export const fileBackend: Backend = {
  defaultFormat: "raw",
  formats: ["raw", "qcow2", "vmdk", "subvol"],
  tracksBases: true,
  parse: parseFileVolname,

  guestPath(place, volname) {
    const { vtype, vmid, name } = parseFileVolname(volname);
    const folder = contentFolder(place.storage, vtype);
    return vtype === "images" ? `${folder}/${vmid}/${name}` : `${folder}/${name}`;
  },

  async allocate(place, what, log) {
    const folder = `${contentFolder(place.storage, "images")}/${what.vmid}`;
    const name = what.name ?? (await nextName(place, what.vmid, what.format));
    const { format } = parseImageName(name);
    if (format !== what.format)
      die(`illegal name '${name}' - wrong extension for format ('${format} != '${what.format}')`);
    const path = `${folder}/${name}`;
    if (existsSync(realPath(place, path))) die(`disk image '${path}' already exists`);
    // Proxmox allocates under umask 0037 and clones under its daemon's 0022 (Storage.pm vdisk_alloc).
    await mkdir(realPath(place, folder), { recursive: true, mode: 0o740 });
    await create(place, path, { ...what, log });
    await chmod(realPath(place, path), 0o640);
    return `${what.vmid}/${name}`;
  },

  async free(place, volname, log) {
    const path = fileBackend.guestPath(place, volname);
    const real = realPath(place, path);
    if (parseFileVolname(volname).isBase) await unprotectBase(place, real);
    if (!existsSync(real)) {
      log?.(`disk image '${path}' does not exist`);
      return;
    }
    await rm(real, { recursive: true });
    await rmdir(dirname(real)).catch(() => undefined); // Only an empty folder goes; any other stays.
  },

  async createBase(place, volname, log) {
    const { name, isBase, base, vmid, format } = parseFileVolname(volname);
    if (isBase) die("create_base not possible with base image");
    const path = fileBackend.guestPath(place, volname);
    const info = await imageInfo(place.cluster, realPath(place, path), format);
    if (info === undefined) return die(`file_size_info on '${volname}' failed`);
    const parent = base === undefined ? undefined : `../${base.vmid}/${base.name}`;
    if (parent !== undefined && info.parent !== parent)
      die(`volname '${volname}' contains wrong information about parent`);
    const newName = name.replace(/^vm-/, "base-");
    const newVolname =
      base === undefined ? `${vmid}/${newName}` : `${base.vmid}/${base.name}/${vmid}/${newName}`;
    const newPath = fileBackend.guestPath(place, newVolname);
    if (existsSync(realPath(place, newPath))) die(`file '${newPath}' already exists`);
    await rename(realPath(place, path), realPath(place, newPath));
    await protectBase(place, realPath(place, newPath), log);
    return newVolname;
  },

  async cloneImage(place, volname, vmid, snapshot, log) {
    const { name, vmid: baseVmid, isBase, format } = parseFileVolname(volname);
    if (snapshot !== undefined) die("this storage type does not support clone_image on snapshot");
    if (!isBase) die("clone_image only works on base images");
    const folder = `${contentFolder(place.storage, "images")}/${vmid}`;
    await mkdir(realPath(place, folder), { recursive: true, mode: 0o755 });
    const clone = await nextName(place, vmid, "qcow2");
    const backing = `../${baseVmid}/${name}`;
    log?.(`clone ${volname}: images, ${clone}, ${vmid} to ${clone} (base=${backing})`);
    const rules = imageRules(place.cluster.version);
    const extra =
      rules.cloneOptions.length === 0
        ? []
        : ["-o", [...rules.cloneOptions, `preallocation=${preallocation(place.storage, "qcow2")}`].join(",")];
    const path = realPath(place, `${folder}/${clone}`);
    const args = ["create", "-F", format, "-b", backing, "-f", "qcow2", path, ...extra];
    await qemuImgStep(place, { args, cwd: dirname(path), errorPrefix: "unable to create image" }, log);
    return `${baseVmid}/${name}/${vmid}/${clone}`;
  },

  async resize(place, volname, sizeBytes, log) {
    const { format } = parseFileVolname(volname);
    if (format !== "raw" && format !== "qcow2") die("can't resize this image format");
    const path = fileBackend.guestPath(place, volname);
    const mode = imageRules(place.cluster.version).resizePreallocation
      ? [`--preallocation=${preallocation(place.storage, format)}`]
      : [];
    const args = ["resize", ...mode, "-f", format, realPath(place, path), String(sizeBytes)];
    if (await isImmutable(realPath(place, path))) refuseWrite(path, args, log);
    await qemuImgStep(place, { args }, log);
  },

  async snapshot(place, volname, name, log) {
    await qemuImgStep(place, { args: ["snapshot", "-c", name, snapshotFile(place, volname)] }, log);
  },

  async rollback(place, volname, name, log) {
    await qemuImgStep(place, { args: ["snapshot", "-a", name, snapshotFile(place, volname)] }, log);
  },

  async deleteSnapshot(place, volname, name, log) {
    await qemuImgStep(place, { args: ["snapshot", "-d", name, snapshotFile(place, volname)] }, log);
  },

  source(place, volname, snapshot) {
    const { format } = parseFileVolname(volname);
    const path = realPath(place, fileBackend.guestPath(place, volname));
    return snapshot === undefined
      ? ["-f", format, path]
      : ["-l", `snapshot.name=${snapshot}`, "-f", format, path];
  },

  hasFeature: fileFeature,

  async rename(place, volname, vmid) {
    const { base, format } = parseFileVolname(volname);
    const folder = `${contentFolder(place.storage, "images")}/${vmid}`;
    const name = await nextName(place, vmid, format);
    if (existsSync(realPath(place, `${folder}/${name}`)))
      die(`target volume '${vmid}/${name}' already exists`);
    await mkdir(realPath(place, folder), { recursive: true, mode: 0o755 });
    await rename(
      realPath(place, fileBackend.guestPath(place, volname)),
      realPath(place, `${folder}/${name}`),
    );
    return base === undefined ? `${vmid}/${name}` : `${base.vmid}/${base.name}/${vmid}/${name}`;
  },

  listImages: listImageFiles,
  nextDiskName: nextName,
};

async function nextName(place: Place, vmid: number, format: VolumeFormat): Promise<string> {
  const images = await listImageFiles(place, vmid);
  const name = freeDiskName(
    place,
    vmid,
    images.map((image) => image.volid),
    `.${format}`,
  );
  return name ?? die(`unable to allocate an image name for VM ${vmid} in storage '${place.storage.id}'`);
}

interface Creation {
  readonly format: VolumeFormat;
  readonly sizeBytes: number;
  readonly log: ((line: string) => void) | undefined;
}

async function create(place: Place, path: string, { format, sizeBytes, log }: Creation): Promise<void> {
  if (format === "subvol") {
    await mkdir(realPath(place, path), { mode: 0o755 });
    return;
  }
  const mode = preallocation(place.storage, format);
  const options = mode === undefined ? [] : ["-o", `preallocation=${mode}`];
  const args = ["create", ...options, "-f", format, realPath(place, path), `${sizeBytes / 1024}K`];
  try {
    await qemuImgStep(place, { args, errorPrefix: "unable to create image" }, log);
  } catch (error) {
    await rm(realPath(place, path), { force: true });
    await rmdir(dirname(realPath(place, path))).catch(() => undefined); // As in free: only an empty folder goes.
    throw error;
  }
}

function snapshotFile(place: Place, volname: string): string {
  const { format } = parseFileVolname(volname);
  if (format !== "qcow2") die("can't snapshot this image format");
  return realPath(place, fileBackend.guestPath(place, volname));
}

/** What qemu-img says about a file with the immutable attribute (recording "resize template disk"). */
function refuseWrite(
  path: string,
  args: readonly string[],
  log: ((line: string) => void) | undefined,
): never {
  log?.(`qemu-img: Could not open '${path}': Could not open '${path}': Operation not permitted`);
  const shown = args.map((arg) => (arg.endsWith(path) ? path : arg.startsWith("--") ? `'${arg}'` : arg));
  return die(`command '/usr/bin/qemu-img ${shown.join(" ")}' failed: exit code 1`);
}

/** The preallocation a new file gets: the storage's, where `metadata` means `off` for raw files (Plugin.pm). */
function preallocation(storage: StorageConfig, format: VolumeFormat): string | undefined {
  const wanted = storage.options["preallocation"] ?? "metadata";
  if (format === "qcow2") return wanted;
  if (format === "raw") return wanted === "metadata" ? "off" : wanted;
  return undefined;
}
