import type { Cluster } from "../kernel/cluster.ts";
import type { Node } from "../kernel/node.ts";

/** How `from` sees a node: `unknown` when corosync.conf does not list it. */
export function nodeState(cluster: Cluster, from: Node, node: Node): "online" | "offline" | "unknown" {
  const { membership } = cluster;
  if (membership === undefined) return "online";
  if (!membership.members.some((member) => member.name === node.name)) return "unknown";
  return cluster.sees(from, node) ? "online" : "offline";
}
