import { execFile } from "node:child_process";
import { chmod, link, lstat, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import type { Cluster } from "../cluster/cluster.ts";
import { networkFolder } from "../guests/node-bridges.ts";
import { guestRuntime } from "../guests/running/guest-runtime.ts";
import type { RunningGuest } from "../guests/running/running-guest.ts";
import { realFolder } from "../storage/catalog/place.ts";
import { storageCatalog } from "../storage/catalog/storage-catalog.ts";

const run = promisify(execFile);

interface Manifest {
  /** Folders with their modes, parents first. */
  readonly folders: readonly (readonly [string, number])[];
  /** Files that nobody writes again (bases): kept as further names of the same file. */
  readonly linked: readonly KeptFile[];
  readonly copied: readonly KeptFile[];
  readonly running: readonly RunningGuest[];
}

/** A file by its name below the data folder, and what tells that nobody wrote to it since. */
type KeptFile = readonly [name: string, stamp: string];

/** So many names fit a command line in any case. */
const namesPerCopy = 2000;

/**
 * Where the state lies that a snapshot holds: the cluster's files, every storage and each node's network. These folders themselves are never
 * replaced, only what is in them: nodes have them mounted.
 */
async function stateFolders(cluster: Cluster): Promise<string[]> {
  const storages = storageCatalog(cluster).list();
  const shared = join(cluster.data, "shared");
  const names = await readdir(shared).catch(() => []);
  const local = [...cluster.nodes.values()].flatMap((node) =>
    storages.filter((storage) => !storage.shared).map((storage) => realFolder({ cluster, node, storage })),
  );
  const networks = [...cluster.nodes.values()].map(networkFolder);
  return [
    ...new Set([cluster.files.folder, ...names.map((name) => join(shared, name)), ...local, ...networks]),
  ];
}

/** Keeps the whole state in a folder: config files, disks with their holes, and which guests run. Tasks must have ended. */
export async function saveState(cluster: Cluster, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const manifest = await survey(cluster);
  await place(cluster.data, folder, manifest);
  await writeFile(`${folder}.json`, JSON.stringify(manifest));
}

/** Puts a kept state back in place, touching only what changed since; shells and servers stay open. */
export async function restoreState(cluster: Cluster, folder: string): Promise<void> {
  // as: this process wrote the file.
  const manifest = JSON.parse(await readFile(`${folder}.json`, "utf8")) as Manifest;
  for (const task of cluster.tasks.running()) cluster.tasks.stop(task);
  await cluster.tasks.settle();
  const present = await survey(cluster);
  await clear(cluster.data, present, manifest);
  await place(folder, cluster.data, missingOf(manifest, present));
  cluster.files.rescan();
  const runtime = guestRuntime(cluster);
  for (const guest of runtime.all()) runtime.remove(guest.vmid);
  for (const guest of manifest.running) runtime.put(guest);
}

/** Removes what a kept state lacks or has otherwise; deepest first, so that a folder is empty when its turn comes. */
async function clear(data: string, present: Manifest, kept: Manifest): Promise<void> {
  const files = missingOf(present, kept);
  for (const [name] of [...files.linked, ...files.copied]) await rm(join(data, name), { force: true });
  const folders = new Set(kept.folders.map(([name]) => name));
  const gone = present.folders.map(([name]) => name).filter((name) => !folders.has(name));
  for (const name of gone.reverse())
    await rm(join(data, name), { recursive: true, force: true, maxRetries: 3 });
}

/** What of one state another has not, or not the same. */
function missingOf(wanted: Manifest, other: Manifest): Manifest {
  const had = new Set([...other.linked, ...other.copied, ...other.folders].map(String));
  const isMissing = (each: KeptFile | readonly [string, number]) => !had.has(String(each));
  return {
    ...wanted,
    folders: wanted.folders.filter(isMissing),
    linked: wanted.linked.filter(isMissing),
    copied: wanted.copied.filter(isMissing),
  };
}

async function survey(cluster: Cluster): Promise<Manifest> {
  const folders: [string, number][] = [];
  const linked: KeptFile[] = [];
  const copied: KeptFile[] = [];
  const visit = async (path: string): Promise<void> => {
    const found = await lstat(path, { bigint: true }).catch(() => undefined);
    if (found === undefined) return;
    // The links of `/etc/pve` are pmxcfs's own and no state: they come with a node's first shell, perhaps after this.
    if (found.isSymbolicLink() && dirname(path) === cluster.files.folder) return;
    const name = relative(cluster.data, path);
    const mode = Number(found.mode) & 0o7777;
    if (!found.isDirectory()) {
      const isBase = found.isFile() && (mode & 0o777) === 0o444;
      // A base is the same file under further names; a copy has the size and the time of what it was copied from.
      if (isBase) linked.push([name, `${found.ino}`]);
      else copied.push([name, `${mode} ${found.size} ${found.mtimeNs}`]);
    } else {
      folders.push([name, mode]);
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
  for (const [name] of linked) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    await link(join(from, name), join(to, name));
  }
  for (let at = 0; at < copied.length; at += namesPerCopy) {
    const names = copied.slice(at, at + namesPerCopy).map(([name]) => name);
    const flags = ["-a", "--parents", "--sparse=always", "--reflink=auto", "--remove-destination", "-t", to];
    await run("cp", [...flags, "--", ...names], { cwd: from });
  }
}
