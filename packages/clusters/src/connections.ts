export { Clusters, configError } from "./connection/clusters.ts";
export { connectCluster } from "./connection/connect-cluster.ts";
export type { Connect, OpenCluster } from "./connection/open-cluster.ts";
export { openClusters } from "./connection/open-clusters.ts";
export type {
  ClusterEntry,
  ClusterSettings,
  NodeSshSettings,
  SshSettings,
} from "./settings/cluster-settings.ts";
export { clustersFromEnvironment } from "./settings/clusters-from-environment.ts";
export { type ParsedClusters, parseClusters } from "./settings/parse-clusters.ts";
export { resolveClusters } from "./settings/resolve-clusters.ts";
