import { holdsRight, type Permissions } from "@coppice/pve";
import { bridgePaths } from "../rights/network-paths.ts";

/** What a token must hold one of to be shown a bridge or virtual network (pve-manager, API2/Network.pm). */
const SHOWING = ["SDN.Audit", "SDN.Use"];

/**
 * Those of some bridges or virtual networks that a node does not have, judged by what it shows the token. One that the
 * token has no right on would not be shown, so it is not judged; nor is anything on a node that shows none at all, whose
 * network is not configured the way that Proxmox knows.
 */
export function missingBridges(
  wanted: readonly string[],
  shown: ReadonlySet<string>,
  permissions: Permissions,
): string[] {
  if (shown.size === 0) return [];
  return [...new Set(wanted)].filter((bridge) => !shown.has(bridge) && wouldBeShown(bridge, permissions));
}

function wouldBeShown(bridge: string, permissions: Permissions): boolean {
  const paths = bridgePaths(bridge, permissions);
  // Whoever may use one VLAN of a bridge is shown the bridge (pve-access-control, check_sdn_bridge).
  const below = [...permissions.keys()].filter((path) => paths.some((own) => path.startsWith(`${own}/`)));
  return [...paths, ...below].some((path) => SHOWING.some((right) => holdsRight(permissions, path, right)));
}
