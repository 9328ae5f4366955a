import type { Cluster } from "../../cluster/cluster.ts";
import { randomMac } from "../../guests/config/generated-values.ts";
import { type Properties, parseProperties, printProperties } from "../../guests/config/property-string.ts";
import { booleanKeys } from "../../schema/property-string.ts";
import { netFormat, netModels } from "../options/net-format.ts";

const booleans = new Set(booleanKeys(netFormat));
const names = {
  defaultKey: "model",
  booleans,
  keyAlias: { keys: netModels, name: "model", value: "macaddr" },
};

/** Takes `virtio=<mac>,bridge=vmbr0` apart into model, macaddr, bridge and the rest. */
export function parseNet(text: string): Properties {
  return parseProperties(text, names);
}

export function printNet(net: Readonly<Properties>): string {
  return printProperties(net, names);
}

/** The device's value with a MAC: its own or a random one (qemu-server 9.2.6, Network.pm parse_net). */
export function withMac(cluster: Cluster, text: string): string {
  const net = parseNet(text);
  return printNet({ ...net, macaddr: net["macaddr"] ?? newMac(cluster) });
}

/** The device's value with a new random MAC. */
export function withNewMac(cluster: Cluster, text: string): string {
  return printNet({ ...parseNet(text), macaddr: newMac(cluster) });
}

/** A random MAC with the prefix of datacenter.cfg; Proxmox's own is BC:24:11. */
function newMac(cluster: Cluster): string {
  const prefix = /^mac_prefix:\s*(\S+)/m.exec(cluster.files.read("datacenter.cfg") ?? "")?.[1];
  return randomMac(cluster.random, prefix ?? "BC:24:11");
}
