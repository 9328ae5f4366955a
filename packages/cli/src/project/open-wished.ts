import type { OpenCluster } from "@coppice/clusters/connections";
import type { ClusterWish } from "../new-cluster/cluster-wish.ts";

/** Which cluster is wished for. */
export interface WishedCluster {
  /** Its name in the configuration. */
  readonly cluster: string;
  /** The stack whose configuration counts; the selected one where none is named. */
  readonly stack?: string | undefined;
  /** What is told of one that no stack configures. */
  readonly wish?: ClusterWish;
}

/** The cluster that the options tell, else the stack's, else the environment's. */
export async function openWished({ cluster, stack, wish }: WishedCluster): Promise<OpenCluster> {
  const environment = process.env;
  const flagged = wish === undefined ? undefined : await openFlagged(wish);
  if (flagged !== undefined) return flagged;
  const [{ openClusters }, { readStackClusters }] = await Promise.all([
    import("@coppice/clusters/connections"),
    import("./stack-clusters.ts"),
  ]);
  const folder = process.cwd();
  const configured = await readStackClusters({ folder, stack, environment });
  const { given, ...rules } = configured ?? { given: undefined, secret: false, folder };
  return await (await openClusters(given, { environment, ...rules })).get(cluster);
}

async function openFlagged(wish: ClusterWish): Promise<OpenCluster | undefined> {
  const environment = process.env;
  const { flaggedCluster } = await import("../new-cluster/flagged-cluster.ts");
  const flagged = await flaggedCluster(wish, environment);
  if (flagged === undefined) return undefined;
  const { openGiven } = await import("../new-cluster/open-given.ts");
  return await openGiven(flagged, { wish, environment });
}
