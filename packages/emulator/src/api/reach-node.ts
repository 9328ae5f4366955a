import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { die, PveError } from "../kernel/pve-error.ts";

/** Nodes whose link went down and were asked since: the kernel's neighbour table then answers faster. */
const unreachableSince = new WeakMap<Node, number>();

/** A pseudo status of the genuine server's HTTP client: no body (docs/proxmox-facts.md#unreachable-nodes). */
export class Unreachable extends PveError {}

/**
 * The node that a request is forwarded to, or the failure that forwarding ends in: services stopped answers at once, a
 * link that is down takes 30 s the first time and about 3 s later (docs/proxmox-facts.md#unreachable-nodes).
 */
export async function reachNode(cluster: Cluster, entry: Node, name: string): Promise<Node> {
  if (name === "localhost" || name === entry.name) return entry;
  const target = cluster.nodes.get(name);
  if (target === undefined) {
    die(
      `hostname lookup '${name}' failed - failed to get address info for: ${name}: Name or service not known`,
    );
  }
  if (entry.linked && target.linked) {
    unreachableSince.delete(target);
    if (target.online) return target;
    throw new Unreachable(595, "Connection refused");
  }
  const gone = entry.linked ? target : entry;
  const known = unreachableSince.has(gone);
  unreachableSince.set(gone, cluster.clock.now());
  await cluster.clock.sleep(known ? 3000 : 30_000, cluster.stopped);
  throw new Unreachable(595, known ? "No route to host" : "Connection timed out");
}
