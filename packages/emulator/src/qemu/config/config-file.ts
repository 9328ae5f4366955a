import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { perCluster } from "../../cluster/per-cluster.ts";
import { type ConfigDraft, draftOf, type GuestConfig } from "../../guests/config/guest-config.ts";
import { guestFile } from "../../guests/guest-kind.ts";
import { guestLocks } from "../../guests/guest-locks.ts";
import { meetInterruption } from "../../kernel/interruption.ts";
import { die } from "../../kernel/pve-error.ts";
import { formatConfig } from "./format-config.ts";
import { parseConfig } from "./parse-config.ts";

/** The path of a virtual machine's configuration in the cluster's files. */
export function configPath(node: string, vmid: number): string {
  return guestFile("qemu", node, vmid);
}

/** Configurations by path, parsed once per change. */
class ParsedConfigs {
  readonly #cluster: Cluster;
  readonly #parsed = new Map<string, { readonly version: number; readonly config: GuestConfig }>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    cluster.files.onChange((path) => {
      if (cluster.files.read(path) === undefined) this.#parsed.delete(path);
    });
  }

  read(path: string): GuestConfig | undefined {
    const { files } = this.#cluster;
    const text = files.read(path);
    if (text === undefined) return undefined;
    const version = files.version(path);
    const known = this.#parsed.get(path);
    if (known?.version === version) return known.config;
    const config = parseConfig(text);
    this.#parsed.set(path, { version, config });
    return config;
  }
}

const parsedConfigs = perCluster((cluster) => new ParsedConfigs(cluster));

/** A machine's configuration; undefined when the node has no such machine. */
export function findConfig(cluster: Cluster, node: string, vmid: number): GuestConfig | undefined {
  return parsedConfigs(cluster).read(configPath(node, vmid));
}

/** A machine's configuration, or the refusal Proxmox words for one that is not there. */
export function loadConfig(cluster: Cluster, node: Node, vmid: number): GuestConfig {
  return (
    findConfig(cluster, node.name, vmid) ??
    die(`Configuration file '${configPath(node.name, vmid)}' does not exist`)
  );
}

/** A copy of the configuration for changing. */
export function editConfig(cluster: Cluster, node: Node, vmid: number): ConfigDraft {
  return draftOf(loadConfig(cluster, node, vmid));
}

/** The locks of a machine's configuration. */
export const { lockConfig, checkLock } = guestLocks(
  "qemu",
  (vmid) => `/var/lock/qemu-server/lock-${vmid}.conf`,
);

/** Writes a machine's configuration. */
export async function saveConfig(
  cluster: Cluster,
  node: Node,
  vmid: number,
  config: GuestConfig,
): Promise<void> {
  meetInterruption();
  await cluster.latency.spend("config-write", node.name, cluster.stopped);
  node.files.write(configPath(node.name, vmid), formatConfig(config));
}
