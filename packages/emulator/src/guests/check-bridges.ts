import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../kernel/identity.ts";
import type { ConfigValues } from "./config/guest-config.ts";
import { parseProperties } from "./config/property-string.ts";

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

/** The zone of a virtual network, read from its section in sdn/vnets.cfg. */
function zoneOf(cluster: Cluster, bridge: string): string {
  const text = cluster.files.read("sdn/vnets.cfg") ?? "";
  const section = text.split(/\n(?=\S)/).find((part) => part.startsWith(`vnet: ${bridge}\n`));
  return /\n\s+zone (\S+)/.exec(section ?? "")?.[1] ?? "localnetwork";
}
