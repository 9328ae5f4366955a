import type { JsonValue } from "@coppice/core";
import { configuredClusters } from "../settings/configured-clusters.ts";
import type { ParseRules } from "../settings/parse-clusters.ts";
import { type ResolveOptions, resolveClusters } from "../settings/resolve-clusters.ts";
import { Clusters, configError } from "./clusters.ts";
import { connectCluster } from "./connect-cluster.ts";
import type { Connect } from "./open-cluster.ts";

/** What beside a configuration decides which clusters there are, and how they are reached. */
export interface OpenOptions extends ResolveOptions, ParseRules {
  /** Another way to a cluster, for tests. */
  readonly connect?: Connect;
}

/**
 * The clusters of a configuration, their secrets read. Nothing is connected before a cluster is asked for.
 *
 * @example
 * const clusters = await openClusters(text, { secret: false, environment: process.env, folder: process.cwd() });
 * const main = await clusters.get("main");
 * @throws CoppiceError `provider.config` with everything that is wrong
 */
export async function openClusters(given: JsonValue | undefined, options: OpenOptions): Promise<Clusters> {
  const resolved = await resolveClusters(configuredClusters(given, options), options);
  if (resolved.problems.length > 0) throw configError(resolved.problems);
  return new Clusters(resolved.clusters, options.connect ?? connectCluster);
}
