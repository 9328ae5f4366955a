import type { JsonValue } from "@coppice/core";
import { clustersFromEnvironment } from "./clusters-from-environment.ts";
import { type ParsedClusters, type ParseRules, parseClusters } from "./parse-clusters.ts";
import type { ResolveOptions } from "./resolve-clusters.ts";

/**
 * The clusters that a configuration `coppice:clusters` names, given as an object or as its JSON text. One that names none,
 * `{}` as well as an absent one, leaves it to the community's variables.
 */
export function configuredClusters(
  given: JsonValue | undefined,
  { secret, environment }: ParseRules & Pick<ResolveOptions, "environment">,
): ParsedClusters {
  const parsed = parseClusters(given, { secret });
  const namesNone = parsed.clusters.size === 0 && parsed.problems.length === 0;
  return namesNone ? clustersFromEnvironment(environment) : parsed;
}
