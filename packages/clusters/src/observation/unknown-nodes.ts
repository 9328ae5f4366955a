import type { ObservedCluster } from "./observed-cluster.ts";

/** Named nodes that a cluster does not have: why nothing can be done there, and the way out. */
export function unknownNodes(
  cluster: string,
  named: readonly string[],
  { nodes }: Pick<ObservedCluster, "nodes">,
): { readonly why: string; readonly wayOut: string } | undefined {
  const present = nodes.map(({ node }) => node);
  const unknown = named.filter((node) => !present.includes(node));
  if (unknown.length === 0) return undefined;
  return {
    why: `'nodes' names ${unknown.join(", ")}, and cluster '${cluster}' has only ${present.join(", ")}`,
    wayOut: "Name nodes of the cluster in 'nodes', or leave it out",
  };
}
