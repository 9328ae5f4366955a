import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";

/** A bridge as the node's /etc/network/interfaces has it. */
export interface NodeBridge {
  readonly name: string;
  readonly cidr: string | undefined;
  readonly gateway: string | undefined;
  readonly ports: string;
}

/** A virtual network of the SDN configuration. */
export interface VirtualNetwork {
  readonly name: string;
  readonly zone: string;
  readonly alias: string | undefined;
}

/** Where a node keeps the configuration of its network. */
export function networkFolder(node: Node): string {
  return join(node.root, "etc/network");
}

function pathOf(node: Node): string {
  return join(networkFolder(node), "interfaces");
}

/** What a fresh installation writes: one bridge with the node's address. */
function installedText({ address }: Node): string {
  return [
    "auto lo\niface lo inet loopback\n",
    "iface eth0 inet manual\n",
    `auto vmbr0\niface vmbr0 inet static\n\taddress ${address}/24\n\tgateway 192.0.2.1\n\tbridge-ports eth0\n\tbridge-stp off\n\tbridge-fd 0\n`,
  ].join("\n");
}

/** Writes a node's network configuration, where it has none: whoever adds a bridge to it has one more from then on. */
export function layOutNetwork(node: Node): void {
  const path = pathOf(node);
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, installedText(node));
}

/** The bridges of a node, which are up as soon as they are configured. */
export function nodeBridges(node: Node): NodeBridge[] {
  const path = pathOf(node);
  const text = existsSync(path) ? readFileSync(path, "utf8") : installedText(node);
  const sections = text.split(/^(?=(?:auto|iface|allow-\S+)\s)/m);
  return sections.flatMap((section) => {
    const name = /^iface\s+(\S+)\s+inet\s/.exec(section)?.[1];
    const ports = optionOf(section, "bridge[-_]ports");
    if (name === undefined || ports === undefined) return [];
    return [{ name, ports, cidr: optionOf(section, "address"), gateway: optionOf(section, "gateway") }];
  });
}

function optionOf(section: string, name: string): string | undefined {
  return new RegExp(`^\\s+${name}\\s+(\\S+)`, "m").exec(section)?.[1];
}

/** The virtual networks, which every node has. */
export function virtualNetworks({ files }: Cluster): VirtualNetwork[] {
  const sections = (files.read("sdn/vnets.cfg") ?? "").split(/\n(?=\S)/);
  return sections.flatMap((section) => {
    const name = /^vnet: (\S+)/.exec(section)?.[1];
    if (name === undefined) return [];
    return [{ name, zone: optionOf(section, "zone") ?? "", alias: optionOf(section, "alias") }];
  });
}

/** Whether a network card of a machine can be plugged into that bridge on the node. */
export function hasBridge(cluster: Cluster, node: Node, name: string): boolean {
  return [...nodeBridges(node), ...virtualNetworks(cluster)].some((bridge) => bridge.name === name);
}
