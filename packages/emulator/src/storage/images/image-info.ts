import type { Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { Cluster } from "../../cluster/cluster.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import type { VolumeFormat, VolumeInfo } from "../volume-types.ts";
import { headerBytes, parseQcow2Header } from "./qcow2-header.ts";
import { qemuImg } from "./qemu-img.ts";

/** What a file turned out to be; `valid` is false when it is not what its extension says. */
export interface ImageInfo extends VolumeInfo {
  readonly valid: boolean;
  /** Seconds. */
  readonly ctime: number;
}

interface Known {
  readonly mark: string;
  readonly info: ImageInfo;
}

const cache = perCluster(() => new Map<string, Known>());

/**
 * What `qemu-img info` would say about a file, from its header; undefined when there is no such file.
 * Remembered until the file changes.
 */
export async function imageInfo(
  cluster: Cluster,
  path: string,
  format: VolumeFormat,
): Promise<ImageInfo | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  const mark = `${format} ${found.ino} ${found.size} ${found.blocks} ${found.mtimeMs} ${found.ctimeMs}`;
  const known = cache(cluster).get(path);
  if (known?.mark === mark) return known.info;
  const info = await readImage(cluster, path, format, found);
  cache(cluster).set(path, { mark, info });
  return info;
}

async function readImage(
  cluster: Cluster,
  path: string,
  format: VolumeFormat,
  found: Stats,
): Promise<ImageInfo> {
  const common = { used: found.blocks * 512, ctime: Math.floor(found.ctimeMs / 1000), format };
  if (found.isDirectory()) return { ...common, size: 0, used: 0, valid: format === "subvol" };
  if (format === "qcow2") {
    const header = parseQcow2Header(await readStart(path));
    return header === undefined
      ? { ...common, size: rawSize(found.size), valid: false }
      : { ...common, ...header, valid: true };
  }
  if (format === "vmdk") return { ...common, ...(await askQemuImg(cluster, path, found.size)) };
  return { ...common, size: rawSize(found.size), valid: true };
}

/** QEMU counts raw images in sectors of 512 bytes. */
function rawSize(bytes: number): number {
  return Math.ceil(bytes / 512) * 512;
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function askQemuImg(
  cluster: Cluster,
  path: string,
  bytes: number,
): Promise<{ size: number; valid: boolean }> {
  const answer = await qemuImg(cluster, ["info", "--output=json", "-f", "vmdk", path]);
  if (answer.code !== 0) return { size: rawSize(bytes), valid: false };
  const said: unknown = JSON.parse(answer.stdout);
  const size =
    typeof said === "object" && said !== null && "virtual-size" in said ? said["virtual-size"] : undefined;
  return typeof size === "number" ? { size, valid: true } : { size: rawSize(bytes), valid: false };
}
