import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { die } from "../../kernel/pve-error.ts";
import { type ConfigDraft, draftOf, type GuestConfig } from "../config/guest-config.ts";
import { configPath, guestStore } from "./guest-store.ts";

/** A machine's configuration, or the refusal Proxmox words for one that is not there. */
export function loadConfig(cluster: Cluster, node: Node, vmid: number): GuestConfig {
  return (
    guestStore(cluster).config(node.name, vmid) ??
    die(`Configuration file '${configPath(node.name, vmid)}' does not exist`)
  );
}

/** A copy of the configuration for changing. */
export function editConfig(cluster: Cluster, node: Node, vmid: number): ConfigDraft {
  return draftOf(loadConfig(cluster, node, vmid));
}
