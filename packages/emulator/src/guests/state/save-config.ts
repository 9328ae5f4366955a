import type { Cluster } from "../../cluster/cluster.ts";
import type { Node } from "../../cluster/node.ts";
import { meetInterruption } from "../../kernel/interruption.ts";
import { formatConfig } from "../config/format-config.ts";
import type { GuestConfig } from "../config/guest-config.ts";
import { configPath } from "./guest-store.ts";

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
