import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../kernel/identity.ts";
import type { ConfigValues } from "./config/guest-config.ts";
import { parseProperties } from "./config/property-string.ts";
import { virtualNetworks } from "./node-bridges.ts";

/**
 * Demands SDN.Use on every bridge that a network device names: plain bridges live in the zone `localnetwork`, a VLAN tag
 * is one more level (pve-access-control, check_sdn_bridge).
 */
export function checkBridges(cluster: Cluster, identity: Identity, values: Readonly<ConfigValues>): void {
  if (identity.isRoot) return;
  for (const [key, value] of Object.entries(values)) {
    if (!/^net\d+$/.test(key)) continue;
    const { bridge, tag, trunks } = parseProperties(value, {});
    if (bridge === undefined) continue;
    const path = `/sdn/zones/${zoneOf(cluster, bridge)}/${bridge}`;
    const tags = [tag, ...(trunks?.split(";") ?? [])].filter((name) => name !== undefined);
    if (tags.length === 0) cluster.require(identity, path, ["SDN.Use"]);
    for (const name of tags) cluster.require(identity, `${path}/${name}`, ["SDN.Use"]);
  }
}

/** The zone of a virtual network; every other bridge is one of `localnetwork`. */
function zoneOf(cluster: Cluster, bridge: string): string {
  return virtualNetworks(cluster).find(({ name }) => name === bridge)?.zone || "localnetwork";
}
