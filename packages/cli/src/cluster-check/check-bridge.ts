import { type OpenCluster, readBridges } from "@coppice/clusters";
import type { Permissions } from "@coppice/pve";
import type { Finding } from "./finding.ts";

/** Looks whether a node has the seats' bridge or virtual network. */
export async function checkBridge(
  connection: OpenCluster,
  node: string,
  { bridge, permissions }: { readonly bridge: string; readonly permissions: Permissions },
): Promise<Finding[]> {
  const problems = await readBridges(connection, node, [bridge], permissions);
  return problems.map(({ what, wayOut }) => ({
    state: "missing",
    what: `bridge ${bridge} on ${node}`,
    disables: `no seats there: it ${what}. ${wayOut}`,
  }));
}
