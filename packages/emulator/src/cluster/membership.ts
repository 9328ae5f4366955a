import type { Cluster } from "../kernel/cluster.ts";
import type { Node } from "../kernel/node.ts";
import { perCluster } from "../kernel/per-cluster.ts";

/** A node as corosync.conf lists it. */
export interface Member {
  readonly name: string;
  readonly nodeid: number;
  readonly address: string;
  readonly votes: number;
}

/** What corosync.conf says. */
export interface Membership {
  readonly clusterName: string;
  readonly configVersion: number;
  readonly members: readonly Member[];
  readonly totem: Readonly<Record<string, string>>;
}

/** The path of the cluster's configuration in its files. */
export const corosyncFile = "corosync.conf";

/** Writes a corosync.conf as pvecm does. */
export function formatCorosync(clusterName: string, members: readonly Member[], configVersion: number): string {
  const nodes = members.map(
    ({ name, nodeid, address, votes }) =>
      `  node {\n    name: ${name}\n    nodeid: ${nodeid}\n    quorum_votes: ${votes}\n    ring0_addr: ${address}\n  }\n`,
  );
  const totem = `  cluster_name: ${clusterName}\n  config_version: ${configVersion}\n  interface {\n    linknumber: 0\n  }\n  ip_version: ipv4-6\n  link_mode: passive\n  secauth: on\n  token_coefficient: 125\n  version: 2\n`;
  return `logging {\n  debug: off\n  to_syslog: yes\n}\n\nnodelist {\n${nodes.join("")}}\n\nquorum {\n  provider: corosync_votequorum\n}\n\ntotem {\n${totem}}\n`;
}

function values(block: string): Record<string, string> {
  return Object.fromEntries([...block.matchAll(/^\s*(\w+):\s*(.*?)\s*$/gm)].map(([, key = "", value = ""]) => [key, value]));
}

/** Reads a corosync.conf. */
export function parseCorosync(text: string): Membership {
  const members = [...text.matchAll(/\bnode\s*\{([^}]*)\}/g)].map(([, block = ""]) => {
    const found = values(block);
    const name = found["name"] ?? found["ring0_addr"] ?? "";
    return {
      name,
      nodeid: Number(found["nodeid"] ?? 0),
      address: found["ring0_addr"] ?? "",
      votes: Number(found["quorum_votes"] ?? 1),
    };
  });
  const outer = /\btotem\s*\{([\s\S]*)\}/.exec(text)?.[1] ?? "";
  const { linknumber: _, ...totem } = values(outer.replace(/interface\s*\{[^}]*\}/, ""));
  return { clusterName: totem["cluster_name"] ?? "", configVersion: Number(totem["config_version"] ?? 0), members, totem };
}

class Memberships {
  readonly #cluster: Cluster;
  #known: { readonly text: string; readonly membership: Membership } | undefined;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
  }

  get current(): Membership | undefined {
    const text = this.#cluster.files.read(corosyncFile);
    if (text === undefined) return undefined;
    if (this.#known?.text !== text) this.#known = { text, membership: parseCorosync(text) };
    return this.#known.membership;
  }
}

const memberships = perCluster((cluster) => new Memberships(cluster));

/** The cluster's membership as configured; undefined for a node that stands alone. */
export function membershipOf(cluster: Cluster): Membership | undefined {
  return memberships(cluster).current;
}

/** How `from` sees a node: `unknown` when corosync.conf does not list it. */
export function nodeState(cluster: Cluster, from: Node, node: Node): "online" | "offline" | "unknown" {
  const membership = membershipOf(cluster);
  if (membership === undefined || from === node) {
    return membership === undefined || membership.members.some((member) => member.name === node.name) ? "online" : "unknown";
  }
  if (!membership.members.some((member) => member.name === node.name)) return "unknown";
  return cluster.sees(from, node) ? "online" : "offline";
}

/** The nodes that a node knows of: itself and the members of its cluster. */
export function knownNodes(cluster: Cluster, from: Node): Node[] {
  const membership = membershipOf(cluster);
  const member = (name: string) => membership?.members.some((known) => known.name === name) === true;
  const joined = member(from.name) || membership === undefined ? member : () => false;
  return [...cluster.nodes.values()].filter((node) => node === from || joined(node.name) || holdsGuests(cluster, node));
}

/** A node that was removed still shows while its folder holds guests. */
function holdsGuests(cluster: Cluster, node: Node): boolean {
  return membershipOf(cluster) !== undefined && cluster.files.list(`nodes/${node.name}/qemu-server`).length > 0;
}
