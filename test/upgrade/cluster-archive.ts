import { execFileSync } from "node:child_process";
import { globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompressSync } from "node:zlib";

/** What makes a cluster: its release, its storages and pools, its machines and their disks; no key and no secret. */
const PARTS = [
  "emulator.json",
  "pve/corosync.conf",
  "pve/storage.cfg",
  "pve/user.cfg",
  "pve/nodes/*/qemu-server",
  "shared",
  "nodes/*/var/lib/vz",
];

/** Owners and times of the machine that records stay out of it. */
const FLAGS = ["--sparse", "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];

/** Keeps the data folder of an emulator that has stopped. */
export async function keepCluster(data: string, file: string): Promise<void> {
  const parts = globSync(PARTS, { cwd: data });
  const archive = execFileSync("tar", ["-c", ...FLAGS, ...parts.sort()], {
    cwd: data,
    maxBuffer: 2 ** 28,
  });
  // The whole archive is one window: machines of a class differ in a few bytes.
  const params = { [constants.ZSTD_c_compressionLevel]: 22, [constants.ZSTD_c_windowLog]: 27 };
  writeFileSync(file, await promisify(zstdCompress)(archive, { params }));
}

/** Every file of a cluster with its size and the time of its last change. */
export function clusterFiles(data: string): Map<string, string> {
  const parts = globSync(
    PARTS.map((part) => `${part}/**`),
    { cwd: data, withFileTypes: true },
  );
  const files = parts.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    files.map((file) => {
      const { size, mtimeNs } = statSync(file, { bigint: true });
      return [relative(data, file), `${size} bytes of ${mtimeNs}`];
    }),
  );
}

/** Makes the data folder with which an emulator starts as the cluster that was kept. */
export function restoreCluster(file: string, data: string): void {
  const input = zstdDecompressSync(readFileSync(file));
  execFileSync("tar", ["-x", "--sparse", "--no-same-owner", "-p", "-C", data], { input });
}
