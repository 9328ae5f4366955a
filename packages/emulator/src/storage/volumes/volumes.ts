import { existsSync } from "node:fs";
import { open, rm, writeFile } from "node:fs/promises";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import { die } from "../../kernel/pve-error.ts";
import type { Backend } from "../backends/backend.ts";
import { backendOf } from "../backends/backend-of.ts";
import { type Place, realPath } from "../catalog/place.ts";
import { checkActive, storageCatalog } from "../catalog/storage-catalog.ts";
import type { StorageConfig } from "../catalog/storage-config.ts";
import { withStorageLock } from "../catalog/storage-lock.ts";
import { imageInfo } from "../images/image-info.ts";
import { qemuImgStep } from "../images/qemu-img.ts";
import { splitVolid } from "../volid.ts";
import type {
  Allocation,
  CopyTarget,
  FeatureQuestion,
  ParsedVolid,
  VolumeEntry,
  VolumeFeature,
  VolumeFormat,
  VolumeInfo,
  VolumeLog,
} from "../volume-types.ts";
import { copyVolume } from "./copy-volume.ts";
import { listContent } from "./list-content.ts";
import { volidOfPath } from "./volid-of-path.ts";

/** The volumes of a cluster: names, files, and the rules Proxmox has for them. */
export class Volumes {
  readonly #cluster: Cluster;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Takes a volume id apart; dies with Proxmox's words when it cannot. */
  parse(volid: string): ParsedVolid {
    const { storage, volname } = splitVolid(volid);
    return { storage, ...backendOf(this.config(storage)).parse(volname) };
  }

  /** The storage's entry in storage.cfg; dies with `storage 'x' does not exist`. */
  config(storageId: string): StorageConfig {
    return storageCatalog(this.#cluster).get(storageId) ?? die(`storage '${storageId}' does not exist`);
  }

  /** The storages that a node may use, enabled ones only. */
  storagesOf(node: Node): StorageConfig[] {
    return storageCatalog(this.#cluster)
      .list()
      .filter((storage) => isUsable(storage, node));
  }

  /** The real path on this machine. */
  path(node: Node, volid: string): string {
    return realPath(this.#place(node, splitVolid(volid).storage), this.guestPath(node, volid));
  }

  /** The path as the node sees it: `/var/lib/vz/images/…`. */
  guestPath(node: Node, volid: string): string {
    const { storage, volname } = splitVolid(volid);
    const place = this.#place(node, storage);
    return backendOf(place.storage).guestPath(place, volname);
  }

  /** Turns a path of the node into a volume id, when it lies in a storage. */
  async volidOfPath(node: Node, guestPath: string): Promise<string | undefined> {
    return await volidOfPath(this.#cluster, node, guestPath);
  }

  /** Whether the volume is there (a missing file is not an error). */
  exists(node: Node, volid: string): boolean {
    return existsSync(this.path(node, volid));
  }

  /** Size, format and backing string; dies with `volume '…' does not exist` when the file is missing. */
  async info(node: Node, volid: string): Promise<VolumeInfo> {
    const info = await imageInfo(this.#cluster, this.path(node, volid), this.parse(volid).format);
    return info ?? die(`volume '${volid}' does not exist`);
  }

  /** Makes an empty volume. `log` gets the "Formatting …" line. */
  async allocate(node: Node, storageId: string, what: Allocation, log?: VolumeLog): Promise<string> {
    const place = this.#active(node, storageId, true);
    const format = what.format ?? this.defaultFormat(storageId);
    const work = () => backendOf(place.storage).allocate(place, { ...what, format }, log);
    return `${storageId}:${await withStorageLock(place, work, log)}`;
  }

  /** Removes a volume; refuses a base that is in use. Missing files are said to `log` and pass. */
  async free(node: Node, volid: string, log?: VolumeLog): Promise<void> {
    const { storage, volname } = splitVolid(volid);
    const place = this.#active(node, storage, true);
    await withStorageLock(
      place,
      async () => {
        if (await this.isBaseInUse(node, volid))
          die(`base volume '${volname}' is still in use by linked clones`);
        const { latency, stopped } = this.#cluster;
        const work = () => backendOf(place.storage).free(place, volname, log);
        await latency.fill("free-disk", node.name, work, stopped);
      },
      log,
    );
  }

  /** True when the volume is a base that some image of its storage names. Thin pools cannot tell. */
  async isBaseInUse(node: Node, volid: string): Promise<boolean> {
    const volume = this.parse(volid);
    const place = this.#place(node, volume.storage);
    const backend = backendOf(place.storage);
    if (!volume.isBase || !backend.tracksBases) return false;
    const images = await backend.listImages(place);
    return images.some(({ volid: other }) => {
      const base = this.parse(other).base;
      return base?.vmid === volume.vmid && base?.name === volume.name;
    });
  }

  /** Makes a base of a volume and answers its new id. */
  async createBase(node: Node, volid: string, log?: VolumeLog): Promise<string> {
    return await this.#change(node, volid, (place, backend, volname) =>
      backend.createBase(place, volname, log),
    );
  }

  /** Makes a linked clone of a base (thin pools: also of a snapshot). */
  async cloneImage(
    node: Node,
    volid: string,
    vmid: number,
    snapshot?: string,
    log?: VolumeLog,
  ): Promise<string> {
    const { latency, stopped } = this.#cluster;
    return await this.#change(node, volid, (place, backend, volname) =>
      latency.fill(
        "clone-disk",
        node.name,
        () => backend.cloneImage(place, volname, vmid, snapshot, log),
        stopped,
      ),
    );
  }

  /** Gives the volume to another guest, keeping its base part. */
  async rename(node: Node, volid: string, vmid: number): Promise<string> {
    return await this.#change(node, volid, (place, backend, volname) => backend.rename(place, volname, vmid));
  }

  /** Copies all data into a new volume. */
  async copy(node: Node, volid: string, target: CopyTarget, log?: VolumeLog): Promise<string> {
    return await copyVolume(
      { cluster: this.#cluster, volumes: this, node, log: log ?? ignore },
      volid,
      target,
    );
  }

  async resize(node: Node, volid: string, sizeBytes: number, log?: VolumeLog): Promise<void> {
    const place = this.#active(node, splitVolid(volid).storage, true);
    await backendOf(place.storage).resize(place, splitVolid(volid).volname, sizeBytes, log);
  }

  /** Takes a snapshot inside the volume. */
  async snapshot(node: Node, volid: string, name: string, log?: VolumeLog): Promise<void> {
    const place = this.#active(node, splitVolid(volid).storage, true);
    await backendOf(place.storage).snapshot(place, splitVolid(volid).volname, name, log);
  }

  /** Puts a snapshot's state back. */
  async rollbackSnapshot(node: Node, volid: string, name: string, log?: VolumeLog): Promise<void> {
    const place = this.#active(node, splitVolid(volid).storage, true);
    await backendOf(place.storage).rollback(place, splitVolid(volid).volname, name, log);
  }

  async deleteSnapshot(node: Node, volid: string, name: string, log?: VolumeLog): Promise<void> {
    const place = this.#active(node, splitVolid(volid).storage, true);
    await backendOf(place.storage).deleteSnapshot(place, splitVolid(volid).volname, name, log);
  }

  /** Whether the volume's storage can do something with it. */
  hasFeature(node: Node, feature: VolumeFeature, volid: string, question: FeatureQuestion = {}): boolean {
    const { storage, volname } = splitVolid(volid);
    const backend = backendOf(this.#place(node, storage).storage);
    return backend.hasFeature(feature, backend.parse(volname), question);
  }

  /** What lies on a storage, sorted by volume id. */
  async list(
    node: Node,
    storageId: string,
    filter: { vmid?: number; content?: string } = {},
  ): Promise<VolumeEntry[]> {
    const place = this.#active(node, storageId, false);
    return await listContent(place, backendOf(place.storage), filter);
  }

  /** The next free `vm-<vmid>-disk-N` of a storage. */
  async nextDiskName(node: Node, storageId: string, vmid: number, format: VolumeFormat): Promise<string> {
    const place = this.#place(node, storageId);
    return await backendOf(place.storage).nextDiskName(place, vmid, format);
  }

  /** The format that a new disk gets when none is asked for. */
  defaultFormat(storageId: string): VolumeFormat {
    const storage = this.config(storageId);
    const backend = backendOf(storage);
    return backend.formats.find((format) => format === storage.options["format"]) ?? backend.defaultFormat;
  }

  /** The formats that a storage can hold. */
  formats(storageId: string): readonly VolumeFormat[] {
    return backendOf(this.config(storageId)).formats;
  }

  /** Writes bytes into an existing volume from its start (cloud-init, EFI variables), whatever its format. */
  async writeContent(node: Node, volid: string, content: Uint8Array): Promise<void> {
    const place = this.#place(node, splitVolid(volid).storage);
    const path = this.path(node, volid);
    const { format } = this.parse(volid);
    if (format === "raw") {
      await writeStart(path, content);
      return;
    }
    const plain = `${path}.content.raw`;
    await writeFile(plain, content);
    try {
      await qemuImgStep(place, { args: ["convert", "-n", "-f", "raw", "-O", format, plain, path] });
    } finally {
      await rm(plain, { force: true });
    }
  }

  async #change(
    node: Node,
    volid: string,
    work: (place: Place, backend: Backend, volname: string) => Promise<string>,
  ): Promise<string> {
    const { storage, volname } = splitVolid(volid);
    const place = this.#active(node, storage, true);
    return `${storage}:${await withStorageLock(place, () => work(place, backendOf(place.storage), volname))}`;
  }

  #place(node: Node, storageId: string): Place {
    return { cluster: this.#cluster, node, storage: this.config(storageId) };
  }

  #active(node: Node, storageId: string, writing: boolean): Place {
    const place = this.#place(node, storageId);
    checkActive(place, writing);
    return place;
  }
}

export const volumes = perCluster((cluster) => new Volumes(cluster));

function ignore(): void {
  // Nobody wants the lines.
}

function isUsable(storage: StorageConfig, node: Node): boolean {
  return !storage.disabled && (storage.nodes?.has(node.name) ?? true);
}

async function writeStart(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.write(content, 0, content.length, 0);
  } finally {
    await file.close();
  }
}
