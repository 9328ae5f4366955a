import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { sparseCopy } from "../../storage/images/qemu-img.ts";
import { volumes } from "../../storage/volumes/volumes.ts";
import type { Migration } from "./scan-volumes.ts";

/**
 * Copies a local volume to the target node under the same name; what lies here stays for now. The file goes as it is: a backing
 * string in it keeps pointing where it did.
 */
export async function carryVolume(migration: Migration, volid: string): Promise<string> {
  const { cluster, node, target, log } = migration;
  const service = volumes(cluster);
  const { storage } = service.parse(volid);
  const moved = `${migration.storageOf(storage)}:${volid.slice(storage.length + 1)}`;
  const [from, to] = [service.path(node, volid), service.path(target, moved)];
  const { size, format } = await service.info(node, volid);
  await mkdir(dirname(to), { recursive: true });
  await sparseCopy(from, to);
  const { size: bytes } = await stat(to);
  const options =
    format === "qcow2" ? `${qcow2Options} size=${size} lazy_refcounts=off refcount_bits=16` : `size=${size}`;
  log(`Formatting '${service.guestPath(target, moved)}', fmt=${format} ${options}`);
  log(copied(bytes));
  sayRecords(log, bytes);
  log(`successfully imported '${moved}'`);
  sayRecords(log, bytes);
  return moved;
}

const qcow2Options = "cluster_size=65536 extended_l2=off preallocation=metadata compression_type=zlib";

/** The lines of the two `dd` that a genuine node pipes a volume through (recorded). */
function sayRecords(log: (line: string) => void, bytes: number): void {
  const blocks = Math.floor(bytes / 4096);
  log(`${blocks}+0 records in`);
  log(`${blocks}+0 records out`);
  log(copied(bytes));
}

function copied(bytes: number): string {
  const [decimal, binary] = [Math.round(bytes / 1e6), Math.round(bytes / 2 ** 20)];
  return `${bytes} bytes (${decimal} MB, ${binary} MiB) copied, 3 s, 300 MB/s`;
}
