import { execFile } from "node:child_process";
import { chmod, link, lstat, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import type { Cluster } from "../cluster/cluster.ts";
import { guestRuntime } from "../guests/running/guest-runtime.ts";
import type { RunningGuest } from "../guests/running/running-guest.ts";
import { realFolder } from "../storage/catalog/place.ts";
import { storageCatalog } from "../storage/catalog/storage-catalog.ts";

const run = promisify(execFile);

interface Manifest {
  /** Folders with their modes, parents first. */
  readonly folders: readonly (readonly [string, number])[];
  /** Files that nobody writes again (bases): kept as further names of the same file. */
  readonly linked: readonly string[];
  readonly copied: readonly string[];
  readonly running: readonly RunningGuest[];
}

/** So many names fit a command line in any case. */
const namesPerCopy = 2000;

/**
 * Where the state lies that a snapshot holds: the cluster's files and every storage. These folders themselves are never
 * replaced, only what is in them: nodes have them mounted.
 */
async function stateFolders(cluster: Cluster): Promise<string[]> {
  const storages = storageCatalog(cluster).list();
  const shared = join(cluster.data, "shared");
  const names = await readdir(shared).catch(() => []);
  const local = [...cluster.nodes.values()].flatMap((node) =>
    storages.filter((storage) => !storage.shared).map((storage) => realFolder({ cluster, node, storage })),
  );
  return [...new Set([cluster.files.folder, ...names.map((name) => join(shared, name)), ...local])];
}

/** Keeps the whole state in a folder: config files, disks with their holes, and which guests run. Tasks must have ended. */
export async function saveState(cluster: Cluster, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = await survey(cluster);
  await place(cluster.data, folder, manifest);
  await writeFile(`${folder}.json`, JSON.stringify(manifest));
}

/** Puts a kept state back in place; shells and servers stay open. */
export async function restoreState(cluster: Cluster, folder: string): Promise<void> {
  // as: this process wrote the file.
  const manifest = JSON.parse(await readFile(`${folder}.json`, "utf8")) as Manifest;
  for (const task of cluster.tasks.running()) cluster.tasks.stop(task);
  await cluster.tasks.settle();
  for (const top of await stateFolders(cluster)) {
    for (const name of await readdir(top).catch(() => []))
      await rm(join(top, name), { recursive: true, force: true, maxRetries: 3 });
  }
  await place(folder, cluster.data, manifest);
  cluster.files.rescan();
  const runtime = guestRuntime(cluster);
  for (const guest of runtime.all()) runtime.remove(guest.vmid);
  for (const guest of manifest.running) runtime.put(guest);
}

async function survey(cluster: Cluster): Promise<Manifest> {
  const folders: [string, number][] = [];
  const linked: string[] = [];
  const copied: string[] = [];
  const visit = async (path: string): Promise<void> => {
    const found = await lstat(path).catch(() => undefined);
    if (found === undefined) return;
    const name = relative(cluster.data, path);
    if (!found.isDirectory()) (found.isFile() && (found.mode & 0o777) === 0o444 ? linked : copied).push(name);
    else {
      folders.push([name, found.mode & 0o7777]);
      for (const each of await readdir(path)) await visit(join(path, each));
    }
  };
  for (const top of await stateFolders(cluster)) await visit(top);
  return { folders, linked, copied, running: guestRuntime(cluster).all() };
}

async function place(from: string, to: string, { folders, linked, copied }: Manifest): Promise<void> {
  for (const [name, mode] of folders) {
    await mkdir(join(to, name), { recursive: true });
    await chmod(join(to, name), mode);
  }
  for (const name of linked) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await link(join(from, name), join(to, name));
  }
  for (let at = 0; at < copied.length; at += namesPerCopy) {
    const names = copied.slice(at, at + namesPerCopy);
    const flags = ["-a", "--parents", "--sparse=always", "--reflink=auto", "--remove-destination", "-t", to];
    await run("cp", [...flags, "--", ...names], { cwd: from });
  }
}
