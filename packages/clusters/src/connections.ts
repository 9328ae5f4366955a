export type { Clusters } from "./connection/clusters.ts";
export { connectCluster } from "./connection/connect-cluster.ts";
export type { Connect, OpenCluster } from "./connection/open-cluster.ts";
export { type OpenOptions, openClusters } from "./connection/open-clusters.ts";
export type { ClusterSettings } from "./settings/cluster-settings.ts";
export { configuredClusters } from "./settings/configured-clusters.ts";
export { parseOrigin } from "./settings/parse-origin.ts";
export { resolveClusters } from "./settings/resolve-clusters.ts";
