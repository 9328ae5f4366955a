import { clustersFromEnvironment } from "../settings/clusters-from-environment.ts";
import { parseClusters } from "../settings/parse-clusters.ts";
import { type ResolveOptions, resolveClusters } from "../settings/resolve-clusters.ts";
import { Clusters, configError } from "./clusters.ts";
import { connectCluster } from "./connect-cluster.ts";

/**
 * The clusters of a configuration as the provider would open them; without one, the cluster that the community's
 * variables describe.
 *
 * @example
 * const clusters = await openClusters(text, { environment: process.env, folder: process.cwd() });
 * const main = await clusters.get("main");
 */
export async function openClusters(
  configuration: string | undefined,
  { secret = false, ...options }: ResolveOptions & { readonly secret?: boolean },
): Promise<Pick<Clusters, "get">> {
  const parsed =
    configuration === undefined
      ? clustersFromEnvironment(options.environment)
      : parseClusters(configuration, { secret });
  const resolved = await resolveClusters(parsed, options);
  if (resolved.problems.length > 0) throw configError(resolved.problems);
  return new Clusters(resolved.clusters, connectCluster);
}
