import { stat } from "node:fs/promises";
import { die } from "../../kernel/pve-error.ts";
import { formatBytes } from "../../storage/format-bytes.ts";
import { qemuImg, qemuImgStep } from "../../storage/images/qemu-img.ts";
import type { VolumeFormat } from "../../storage/volume-types.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import { storageOf } from "../config/drive.ts";
import type { DiskJob } from "./disk-job.ts";

export interface DiskImport {
  readonly key: string;
  /** A volume id, or a path for root@pam. */
  readonly source: string;
  readonly storage: string;
  readonly format: VolumeFormat | undefined;
}

/** Copies an existing image into a new disk of the machine. */
export async function importDisk(job: DiskJob, wanted: DiskImport): Promise<string> {
  const { key, source, storage, format } = wanted;
  if (storageOf(source) === undefined) return await importFile(job, wanted);
  const service = volumes(job.cluster);
  if (service.parse(source).vtype === "import") await refuseBackedImage(job, source);
  job.log(`create full clone of drive ${key} (${source})`);
  const target = { storage, vmid: job.vmid, format: format ?? formatLike(job, storage, source) };
  try {
    return await service.copy(job.node, source, target, job.log);
  } catch (error) {
    return die(`cannot import from '${source}' - ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Without a format the source's is kept where the target storage can hold it (qemu-server, resolve_dst_disk_format). */
export function formatLike(job: Pick<DiskJob, "cluster">, storage: string, source: string): VolumeFormat {
  const service = volumes(job.cluster);
  const { format } = service.parse(source);
  return service.formats(storage).includes(format) ? format : service.defaultFormat(storage);
}

/** Images of content type `import` are not trusted: one with a backing file is refused (pve-storage 9.1.7). */
async function refuseBackedImage(job: DiskJob, source: string): Promise<void> {
  const service = volumes(job.cluster);
  const { parent } = await service.info(job.node, source);
  if (parent === undefined) return;
  const path = service.guestPath(job.node, source);
  die(`cannot import from '${source}' - backing file not allowed for untrusted image '${path}'!`);
}

async function importFile(job: DiskJob, { source, storage, format }: DiskImport): Promise<string> {
  const found = await stat(source).catch(() => undefined);
  if (found === undefined || !found.isFile()) return die(`could not get file size of ${source}`);
  const { size, sourceFormat } = await probe(job, source);
  const service = volumes(job.cluster);
  const target = { vmid: job.vmid, sizeBytes: size, format: format ?? service.defaultFormat(storage) };
  const volid = await service.allocate(job.node, storage, target, job.log);
  const text = formatBytes(size);
  job.log(`transferred 0.0 B of ${text} (0.00%)`);
  const args = [
    "convert",
    "-n",
    "-f",
    sourceFormat,
    "-O",
    service.parse(volid).format,
    source,
    service.path(job.node, volid),
  ];
  await qemuImgStep({ cluster: job.cluster, node: job.node, storage: service.config(storage) }, { args });
  job.log(`transferred ${text} of ${text} (100.00%)`);
  job.log(`transferred ${text} of ${text} (100.00%)`);
  return volid;
}

async function probe(job: DiskJob, path: string): Promise<{ size: number; sourceFormat: string }> {
  const { code, stdout, stderr } = await qemuImg(job.cluster, ["info", "--output=json", path]);
  if (code !== 0) die(`could not get file size of ${path}: ${stderr.trim()}`);
  // as: qemu-img prints one JSON object.
  const info = JSON.parse(stdout) as Record<string, unknown>;
  if (info["backing-filename"] !== undefined) die(`backing file not allowed for untrusted image '${path}'!`);
  return { size: Number(info["virtual-size"]), sourceFormat: String(info["format"]) };
}
