import type { VolumeType } from "../volume-types.ts";

/** One section of storage.cfg, understood. */
export interface StorageConfig {
  readonly id: string;
  readonly type: string;
  /** The folder of a file storage, as the nodes see it. */
  readonly path?: string;
  readonly content: ReadonlySet<VolumeType | "none">;
  readonly shared: boolean;
  /** The nodes it is limited to; absent means all. */
  readonly nodes?: ReadonlySet<string>;
  readonly disabled: boolean;
  /** Every option as written, in the file's order. */
  readonly options: Readonly<Record<string, string>>;
}

/** The storage types that are shared by nature (pve-storage 9.1.7, Plugin.pm `$shared`). */
const sharedTypes = new Set([
  "iscsi",
  "nfs",
  "cifs",
  "rbd",
  "cephfs",
  "iscsidirect",
  "zfs",
  "drbd",
  "pbs",
  "esxi",
]);

/** What Proxmox assumes when storage.cfg has no `local` (Plugin.pm parse_config). */
const implicitLocal = {
  path: "/var/lib/vz",
  content: "backup,iso,vztmpl,images,rootdir,import,snippets",
  "prune-backups": "keep-all=1",
};

/**
 * Reads storage.cfg. Lines that are no section and no option are passed over, as Proxmox only warns about them.
 *
 * @example parseStorageConfig("dir: lab\n\tpath /srv/lab\n\tcontent images\n").get("lab")?.path // "/srv/lab"
 */
export function parseStorageConfig(text: string): Map<string, StorageConfig> {
  const found = new Map<string, StorageConfig>();
  for (const block of text.split(/\n(?=\S+:\s*\S)/)) {
    const [head = "", ...lines] = block.split("\n");
    const parts = /^\s*(\S+):\s*(\S+)\s*$/.exec(head);
    if (parts === null) continue;
    const [, type = "", id = ""] = parts;
    found.set(id, storageConfig(id, type, parseOptions(lines)));
  }
  if (!found.has("local"))
    return new Map([["local", storageConfig("local", "dir", implicitLocal)], ...found]);
  return found;
}

function parseOptions(lines: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (const line of lines) {
    const parts = /^\s+(\S+)(?:\s+(.*\S))?\s*$/.exec(line);
    if (parts?.[1] !== undefined) options[parts[1]] = parts[2] ?? "1";
  }
  return options;
}

/** Understands the options of one section. */
export function storageConfig(
  id: string,
  type: string,
  options: Readonly<Record<string, string>>,
): StorageConfig {
  const path = type === "nfs" || type === "cifs" ? (options["path"] ?? `/mnt/pve/${id}`) : options["path"];
  const nodes = options["nodes"];
  return {
    id,
    type,
    ...(path === undefined ? {} : { path }),
    // Unknown words were refused when the option was set; a hand-edited file may hold them, and they match nothing.
    content: new Set((options["content"] ?? "images,rootdir").split(/[,;\s]+/) as (VolumeType | "none")[]),
    shared: sharedTypes.has(type) || options["shared"] === "1",
    ...(nodes === undefined || nodes === "" ? {} : { nodes: new Set(nodes.split(/[,;\s]+/)) }),
    disabled: options["disable"] === "1",
    options,
  };
}

/** Writes storage.cfg: one section per storage, a blank line after each. */
export function formatStorageConfig(storages: Iterable<StorageConfig>): string {
  return [...storages].map(formatSection).join("");
}

function formatSection(storage: StorageConfig): string {
  const lines = Object.entries(storage.options).map(([key, value]) =>
    value === "1" && flags.has(key) ? `\t${key}\n` : `\t${key} ${value}\n`,
  );
  return `${storage.type}: ${storage.id}\n${lines.join("")}\n`;
}

/** Options that stand alone on their line when they are set. */
const flags = new Set(["disable"]);
