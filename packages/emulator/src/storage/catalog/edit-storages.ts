import type { Cluster } from "../../cluster/cluster.ts";
import { cfsLock } from "../../cluster/locks.ts";
import type { Node } from "../../cluster/node.ts";
import { die, PveError } from "../../kernel/pve-error.ts";
import { checkActive, storageCatalog, storageConfigFile, unusableReason } from "./storage-catalog.ts";
import { formatStorageConfig, type StorageConfig, storageConfig } from "./storage-config.ts";
import { changeableOptions, fixedOptions, requiredOptions } from "./storage-options.ts";

export interface NewStorage {
  readonly id: string;
  readonly type: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface StorageChange {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
  /** The digest the caller saw. */
  readonly digest?: string;
}

/** Adds a storage to storage.cfg, after trying it on the asked node (API2/Storage/Config.pm create). */
export async function addStorage(cluster: Cluster, node: Node, wanted: NewStorage): Promise<void> {
  const options = completed(wanted);
  await edit(cluster, node, "create storage failed", () => {
    const catalog = storageCatalog(cluster);
    if (catalog.get(wanted.id) !== undefined) die(`storage ID '${wanted.id}' already defined`);
    const made = storageConfig(wanted.id, wanted.type, options);
    tryStorage(cluster, node, made);
    return [...catalog.list(), made];
  });
}

/** Changes a storage's options. */
export async function changeStorage(
  cluster: Cluster,
  node: Node,
  id: string,
  change: StorageChange,
): Promise<StorageConfig> {
  let changed: StorageConfig | undefined;
  await edit(cluster, node, "update storage failed", () => {
    const catalog = storageCatalog(cluster);
    if (change.digest !== undefined && change.digest !== catalog.digest()) {
      die("detected modified configuration - file changed by other user? Try again.");
    }
    const old = catalog.get(id) ?? die(`storage '${id}' does not exist`);
    for (const key of change.remove) checkRemoval(old, key, change.set);
    const kept = Object.entries(old.options).filter(([key]) => !change.remove.includes(key));
    const made = storageConfig(id, old.type, { ...Object.fromEntries(kept), ...change.set });
    changed = made;
    return catalog.list().map((storage) => (storage.id === id ? made : storage));
  });
  return changed ?? die(`storage '${id}' does not exist`);
}

/** Takes a storage out of storage.cfg; its data stays. */
export async function removeStorage(cluster: Cluster, node: Node, id: string): Promise<void> {
  await edit(cluster, node, "delete storage failed", () => {
    const catalog = storageCatalog(cluster);
    if (catalog.get(id) === undefined) die(`storage '${id}' does not exist`);
    return catalog.list().filter((storage) => storage.id !== id);
  });
}

async function edit(
  cluster: Cluster,
  node: Node,
  failure: string,
  change: () => StorageConfig[],
): Promise<void> {
  try {
    await cfsLock(cluster, node, "file-storage_cfg", async () => {
      node.files.write(storageConfigFile, formatStorageConfig(change()));
    });
  } catch (error) {
    if (error instanceof PveError && error.errors === undefined)
      throw new PveError(error.status, `${failure}: ${error.message}`);
    throw error;
  }
}

/** The options as storage.cfg keeps them; refuses what the type cannot do without (SectionConfig.pm check_config). */
function completed(wanted: NewStorage): Record<string, string> {
  const { type, id } = wanted;
  for (const key of requiredOptions[type] ?? []) {
    if (wanted.options[key] === undefined) die(`missing value for required option '${key}'`);
  }
  const given = Object.entries(wanted.options).filter(([key, value]) => !(key === "nodes" && value === ""));
  const mounted = type === "nfs" || type === "cifs" ? { path: `/mnt/pve/${id}` } : {};
  return { ...mounted, ...Object.fromEntries(given) };
}

function checkRemoval(storage: StorageConfig, key: string, set: Readonly<Record<string, string>>): void {
  if (key in fixedOptions) die(`unable to delete fixed option '${key}'`);
  if (!(key in changeableOptions)) die(`no such option '${key}'`);
  if (requiredOptions[storage.type]?.includes(key)) die(`unable to delete required option '${key}'`);
  if (set[key] !== undefined) die(`cannot set and delete property '${key}' at the same time!`);
}

/** Only servers on this machine answer: there is no network behind the emulator. */
const reachable = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

function tryStorage(cluster: Cluster, node: Node, storage: StorageConfig): void {
  const place = { cluster, node, storage };
  if (unusableReason(place) !== undefined) return;
  const server = storage.options["server"];
  if (server !== undefined && !reachable.test(server)) die(`storage '${storage.id}' is not online`);
  checkActive(place, false);
}
