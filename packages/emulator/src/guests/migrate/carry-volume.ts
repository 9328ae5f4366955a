import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { sparseCopy } from "../../storage/sparse-copy.ts";
import { volumes } from "../../storage/volumes.ts";
import type { Migration } from "./migrate-guest.ts";

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
  const blocks = Math.floor(bytes / 4096);
  log(`Formatting '${service.guestPath(target, moved)}', fmt=${format} size=${size}`);
  log(`${blocks}+0 records in`);
  log(`${blocks}+0 records out`);
  log(`${bytes} bytes copied`);
  log(`successfully imported '${moved}'`);
  return moved;
}
