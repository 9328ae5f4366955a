import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { HaService } from "../ha/ha-service.ts";

/**
 * A node that nobody has seen for so long is fenced, and known to be off after the rest
 * (docs/proxmox-facts.md#failover).
 */
const lostMs = 59_000;
const offMs = 140_000;

/** What HA's manager makes of the nodes. */
export class HaNodes {
  readonly #cluster: Cluster;
  readonly #seenAt = new Map<string, number>();
  #online = new Set<string>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  /** The node that decides: the former one if it still can, else the first that can. */
  master(former: string | undefined): Node | undefined {
    const able = [...this.#cluster.nodes.values()].filter(
      (node) => this.#cluster.quorate(node) && !node.stoppedServices.has("pve-ha-crm"),
    );
    return able.find((node) => node.name === former) ?? able[0];
  }

  /** Looks which nodes the master sees. */
  look(master: Node): void {
    const now = this.#cluster.clock.now();
    const members = this.#cluster.knownNodes(master);
    const seen = members.filter((node) => this.#cluster.sees(master, node));
    this.#online = new Set(seen.map((node) => node.name));
    for (const { name } of members)
      if (this.#online.has(name) || !this.#seenAt.has(name)) this.#seenAt.set(name, now);
  }

  /** True when the master sees the node. */
  isOnline(node: string | undefined): boolean {
    return node !== undefined && this.#online.has(node);
  }

  /** True when a node has to be fenced. */
  isLost(node: string): boolean {
    return !this.isOnline(node) && this.#age(node) >= lostMs;
  }

  /** Where the guests of a fenced node go; undefined until it is known to be off. */
  refuge(node: string): string | undefined {
    if (this.isOnline(node)) return node;
    return this.#age(node) < offMs ? undefined : [...this.#online][0];
  }

  /** The nodes as the manager shows them. */
  status(services: Iterable<HaService>): Record<string, string> {
    const fenced = new Set([...services].filter(({ state }) => state === "fence").map(({ node }) => node));
    const names = [...this.#seenAt.keys()];
    const word = (name: string) => (fenced.has(name) ? "fence" : this.isOnline(name) ? "online" : "unknown");
    return Object.fromEntries(names.map((name) => [name, word(name)]));
  }

  #age(node: string): number {
    const now = this.#cluster.clock.now();
    return now - (this.#seenAt.get(node) ?? now);
  }
}
