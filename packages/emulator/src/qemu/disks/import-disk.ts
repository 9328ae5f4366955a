import { die } from "../../kernel/pve-error.ts";
import { nodeFile } from "../../storage/catalog/node-path.ts";
import { formatBytes } from "../../storage/format-bytes.ts";
import { qemuImgStep } from "../../storage/images/qemu-img.ts";
import { untrustedImage } from "../../storage/images/untrusted-image.ts";
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

/** A new volume, and how large the image is that was imported: the volume itself may be larger. */
export interface Imported {
  readonly volid: string;
  readonly size: number;
}

/** Copies an existing image into a new disk of the machine. */
export async function importDisk(job: DiskJob, wanted: DiskImport): Promise<Imported> {
  const { key, source, storage, format } = wanted;
  if (storageOf(source) === undefined) return await importFile(job, wanted);
  const service = volumes(job.cluster);
  if (service.parse(source).vtype === "import") await demandTrusted(job, source);
  job.log(`create full clone of drive ${key} (${source})`);
  const target = { storage, vmid: job.vmid, format: format ?? formatLike(job, storage, source) };
  try {
    const { size } = await service.info(job.node, source);
    return { volid: await service.copy(job.node, source, target, job.log), size };
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

/** Images of content type `import` are not trusted (pve-storage 9.1.7). */
async function demandTrusted(job: DiskJob, source: string): Promise<void> {
  const service = volumes(job.cluster);
  const [real, shown] = [service.path(job.node, source), service.guestPath(job.node, source)];
  try {
    await untrustedImage(job.cluster, real, shown, service.parse(source).format);
  } catch (error) {
    die(`cannot import from '${source}' - ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A file of the node by its path, which is converted whatever its format is (qemu-server, ImportDisk.pm do_import). */
async function importFile(job: DiskJob, { source, storage, format }: DiskImport): Promise<Imported> {
  const file = nodeFile(job.cluster, job.node, source) ?? die(`can't find file '${source}'`);
  const { size, format: sourceFormat } = await untrustedImage(job.cluster, file, source);
  if (size === 0) die(`could not get file size of ${source}`);
  const service = volumes(job.cluster);
  const target = { vmid: job.vmid, sizeBytes: size, format: format ?? service.defaultFormat(storage) };
  const volid = await service.allocate(job.node, storage, target, job.log);
  const text = formatBytes(size);
  job.log(`transferred 0.0 B of ${text} (0.00%)`);
  const formats = ["-f", sourceFormat, "-O", service.parse(volid).format];
  const args = ["convert", "-n", ...formats, file, service.path(job.node, volid)];
  try {
    await qemuImgStep({ cluster: job.cluster, node: job.node, storage: service.config(storage) }, { args });
  } catch (error) {
    await service.free(job.node, volid);
    throw error;
  }
  job.log(`transferred ${text} of ${text} (100.00%)`);
  job.log(`transferred ${text} of ${text} (100.00%)`);
  return { volid, size };
}
