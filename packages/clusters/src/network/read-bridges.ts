import { listBridges, type Permissions, PveError } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { missingBridges } from "./missing-bridges.ts";

/** A bridge that a node does not have, as the end of a sentence about the node, and the way out. */
export interface BridgeProblem {
  readonly bridge: string;
  readonly what: string;
  readonly wayOut: string;
}

/**
 * Looks whether a node has bridges or virtual networks, with one GET that needs no right of its own. Proxmox takes any
 * name into a configuration; without the bridge no machine starts.
 */
export async function readBridges(
  { client }: Pick<OpenCluster, "client">,
  node: string,
  wanted: readonly string[],
  permissions: Permissions,
): Promise<BridgeProblem[]> {
  if (wanted.length === 0) return [];
  const shown = await shownBridges(client, node);
  return missingBridges(wanted, shown, permissions).map((bridge) => ({
    bridge,
    what: `has no bridge or virtual network '${bridge}'`,
    wayOut: `Choose one that it has (${[...shown].join(", ")}), or add '${bridge}' to its network`,
  }));
}

/** Where a token may not even ask, nothing is judged. */
async function shownBridges(client: OpenCluster["client"], node: string): Promise<ReadonlySet<string>> {
  try {
    return await listBridges(client, node);
  } catch (error) {
    if (PveError.is(error, "pve.forbidden")) return new Set();
    throw error;
  }
}
