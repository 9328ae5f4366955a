import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import type { Cluster } from "../../cluster/cluster.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import { die } from "../../kernel/pve-error.ts";
import { contentFolder, contentPaths } from "./file-paths.ts";
import { type Place, realFolder, realPath } from "./place.ts";
import { parseStorageConfig, type StorageConfig } from "./storage-config.ts";

/** The path of storage.cfg in the cluster's files. */
export const storageConfigFile = "storage.cfg";

/** The storages of a cluster as storage.cfg has them, read again only when the file changed. */
export class StorageCatalog {
  readonly #cluster: Cluster;
  #text: string | undefined;
  #storages = new Map<string, StorageConfig>();
  #digest = "";

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** Every storage in the file's order. */
  list(): StorageConfig[] {
    return [...this.#current().values()];
  }

  get(id: string): StorageConfig | undefined {
    return this.#current().get(id);
  }

  /** SHA-1 of the file's text, as the API shows it. */
  digest(): string {
    this.#current();
    return this.#digest;
  }

  #current(): Map<string, StorageConfig> {
    const text = this.#cluster.files.read(storageConfigFile) ?? "";
    if (text === this.#text) return this.#storages;
    this.#text = text;
    this.#storages = parseStorageConfig(text);
    this.#digest = createHash("sha1").update(text).digest("hex");
    return this.#storages;
  }
}

export const storageCatalog = perCluster((cluster) => new StorageCatalog(cluster));

/** Why a node cannot use the storage, in Proxmox's words; undefined when it can (Storage.pm storage_check_node/enabled). */
export function unusableReason(place: Place): string | undefined {
  const { storage, node } = place;
  if (storage.disabled) return `storage '${storage.id}' is disabled`;
  if (storage.nodes !== undefined && !storage.nodes.has(node.name)) {
    return `storage '${storage.id}' is not available on node '${node.name}'`;
  }
  return undefined;
}

/** Activates the storage for an operation: refuses what the node may not use, what a fault broke, and makes its folder. */
export function checkActive(place: Place, writing: boolean): void {
  const reason = unusableReason(place);
  if (reason !== undefined) die(reason);
  const subject = { node: place.node.name, storage: place.storage.id, type: writing ? "write" : "read" };
  const fault = place.cluster.faults.take("storage", subject);
  if (fault?.error !== undefined) die(fault.error);
  mkdirSync(realFolder(place), { recursive: true });
  for (const folder of contentFolders(place.storage)) makeFolder(realPath(place, folder));
}

/** A file storage gets a folder for each kind of content when it is activated (Plugin.pm activate_storage). */
function contentFolders(storage: StorageConfig): string[] {
  if (storage.path === undefined || storage.options["create-subdirs"] === "0") return [];
  return [...storage.content].flatMap((kind) =>
    kind === "none" || !(kind in contentPaths) ? [] : [contentFolder(storage, kind)],
  );
}

function makeFolder(path: string): void {
  if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o755 });
}
