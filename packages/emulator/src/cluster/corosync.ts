import type { PveVersion } from "../versions/pve-version.ts";
import type { ClusterFiles } from "./cluster-files.ts";

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

/** Writes a corosync.conf as pvecm does; what of the totem is not said is that of a new cluster. */
export function formatCorosync({ clusterName, members, configVersion, totem }: Membership): string {
  const nodes = members.map(
    ({ name, nodeid, address, votes }) =>
      `  node {\n    name: ${name}\n    nodeid: ${nodeid}\n    quorum_votes: ${votes}\n    ring0_addr: ${address}\n  }\n`,
  );
  // In the order of their names.
  const said = { ...newTotem, ...totem, cluster_name: clusterName, config_version: String(configVersion) };
  const lines = Object.entries(said)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `  ${key}: ${value}\n`);
  return `logging {\n  debug: off\n  to_syslog: yes\n}\n\nnodelist {\n${nodes.join("")}}\n\nquorum {\n  provider: corosync_votequorum\n}\n\ntotem {\n${lines.join("")}  interface {\n    linknumber: 0\n  }\n}\n`;
}

/** What pvecm gives a new cluster beside that (pve-cluster, PVE/Corosync.pm). */
export function totemOfNew({ features }: PveVersion): Readonly<Record<string, string>> {
  return features.tokenCoefficient ? { token_coefficient: "125" } : {};
}

const newTotem = { ip_version: "ipv4-6", link_mode: "passive", secauth: "on", version: "2" };

function values(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/^\s*(\w+):\s*(.*?)\s*$/gm)].map(([, key = "", value = ""]) => [key, value]),
  );
}

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
  return {
    clusterName: totem["cluster_name"] ?? "",
    configVersion: Number(totem["config_version"] ?? 0),
    members,
    totem,
  };
}

/** Reads the cluster's corosync.conf, again only when it changed. */
export class CorosyncReader {
  readonly #files: ClusterFiles;
  #known: { readonly text: string; readonly membership: Membership } | undefined;

  constructor(files: ClusterFiles) {
    this.#files = files;
  }

  /** The membership as configured; undefined for nodes that stand alone. */
  get current(): Membership | undefined {
    const text = this.#files.read(corosyncFile);
    if (text === undefined) return undefined;
    if (this.#known?.text !== text) this.#known = { text, membership: parseCorosync(text) };
    return this.#known.membership;
  }
}
