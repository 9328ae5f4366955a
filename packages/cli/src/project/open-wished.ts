import type { OpenCluster } from "@coppice/clusters/connections";
import type { ClusterWish } from "../new-cluster/cluster-wish.ts";

/** Which cluster is wished for. */
export interface WishedCluster {
  /** Its name; `main` where none is typed. */
  readonly cluster?: string | undefined;
  /** The stack whose configuration counts; the selected one where none is named. */
  readonly stack?: string | undefined;
  /** What is told of one that no stack configures. */
  readonly wish?: ClusterWish;
}

/** The cluster that the options tell, else the project's, the registry's or the environment's. */
export async function openWished({ cluster, stack, wish }: WishedCluster): Promise<OpenCluster> {
  const environment = process.env;
  const flagged = wish === undefined ? undefined : await openFlagged(wish);
  if (flagged !== undefined) return flagged;
  const { findWished } = await import("./find-wished.ts");
  const found = await findWished({ folder: process.cwd(), cluster, stack, environment });
  if ("registered" in found) {
    const { openRegistered } = await import("../registry/open-registered.ts");
    return await openRegistered(found.registered, environment);
  }
  const { openClusters } = await import("@coppice/clusters/connections");
  const { given, ...rules } = found.configured;
  return await (await openClusters(given, { environment, ...rules })).get(found.name);
}

async function openFlagged(wish: ClusterWish): Promise<OpenCluster | undefined> {
  const environment = process.env;
  const { flaggedCluster } = await import("../new-cluster/flagged-cluster.ts");
  const flagged = await flaggedCluster(wish, environment);
  if (flagged === undefined) return undefined;
  const { openGiven } = await import("../new-cluster/open-given.ts");
  return await openGiven(flagged, { wish, environment });
}
