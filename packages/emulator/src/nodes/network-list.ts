import type { Call } from "../api/call.ts";
import { type NodeBridge, nodeBridges, virtualNetworks } from "../guests/node-bridges.ts";

/** What a caller who may use a bridge, or look at it, is shown of it. */
const seesBridge = ["SDN.Audit", "SDN.Use"];

/**
 * A node's interfaces (pve-manager, API2/Network.pm): bridges and virtual networks for those alone who may use or see
 * them, everything else for everybody.
 */
export function listNetwork(call: Call): unknown[] {
  const type = call.params.optionalText("type");
  const isWanted = (of: string, ...groups: readonly string[]) =>
    type === undefined || type === of || groups.includes(type);
  const bridges = isWanted("bridge", "any_bridge", "any_local_bridge", "include_sdn") ? bridgesOf(call) : [];
  const ports = isWanted("eth", "include_sdn") ? [port] : [];
  const networks = type === "any_bridge" || type === "include_sdn" ? networksOf(call) : [];
  return [...bridges, ...ports, ...networks];
}

function isSeen({ cluster, identity }: Call, zone: string, bridge: string): boolean {
  if (identity.isRoot) return true;
  return cluster.allow(identity, `/sdn/zones/${zone}/${bridge}`, seesBridge, true);
}

function bridgesOf(call: Call): unknown[] {
  return nodeBridges(call.node)
    .filter(({ name }) => isSeen(call, "localnetwork", name))
    .map((bridge, index) => bridgeRow(bridge, 4 + index));
}

const port = {
  iface: "eth0",
  type: "eth",
  method: "manual",
  method6: "manual",
  families: ["inet"],
  priority: 3,
  active: 1,
};

function bridgeRow({ name, cidr, gateway, ports }: NodeBridge, priority: number): Record<string, unknown> {
  const [address, netmask] = cidr?.split("/") ?? [];
  return {
    iface: name,
    type: "bridge",
    method: cidr === undefined ? "manual" : "static",
    method6: "manual",
    families: ["inet"],
    ...(cidr !== undefined && { address, netmask, cidr }),
    ...(gateway !== undefined && { gateway }),
    bridge_ports: ports === "none" ? "" : ports,
    bridge_stp: "off",
    bridge_fd: "0",
    priority,
    active: 1,
    autostart: 1,
  };
}

/** As pve-network, SDN.pm get_local_vnets. */
function networksOf(call: Call): unknown[] {
  return virtualNetworks(call.cluster)
    .filter(({ zone, name }) => isSeen(call, zone, name))
    .map(({ name, alias }) => {
      const row = { iface: name, type: "vnet", active: "1", ipam: 0, vlanaware: 0 };
      return alias === undefined ? row : { ...row, comments: alias };
    });
}
