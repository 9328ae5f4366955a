import { resolve } from "node:path";
import type { OpenCluster } from "@coppice/clusters/connections";
import { CoppiceError } from "@coppice/core";
import type { Environment } from "@coppice/engine";
import type { ClusterWish } from "./cluster-wish.ts";
import { optionName } from "./option-name.ts";
import type { YamlValue } from "./yaml-lines.ts";

/** A cluster in the form of the configuration, as it was given or answered. */
export type GivenCluster = { readonly [key: string]: YamlValue };

/** What decides how a given cluster is opened, beside itself. */
export interface GivenContext {
  readonly wish: ClusterWish;
  readonly environment: Environment;
}

/**
 * Opens a cluster that no stack configures yet, as the provider will. What is wrong is told by the options that say it,
 * since nobody has written a configuration.
 */
export async function openGiven(
  main: GivenCluster,
  { wish, environment }: GivenContext,
): Promise<OpenCluster> {
  const { configuredClusters, connectCluster, resolveClusters } = await import(
    "@coppice/clusters/connections"
  );
  // A typed token is no reference; it goes nowhere but to the cluster.
  const parsed = configuredClusters(JSON.stringify({ main }), { secret: true, environment });
  const { clusters, problems } = await resolveClusters(parsed, { environment, folder: resolve(".") });
  const settings = clusters.get("main");
  if (settings !== undefined) return await connectCluster(settings);
  throw new CoppiceError("template.cluster", {
    what: "The cluster cannot be reached as it was given",
    why: problems.map(({ property, reason }) => `${optionOf(property, wish)}: ${reason}`).join("; "),
    wayOut: "Correct what is named",
  });
}

/** The option that a field of the configuration came from. */
function optionOf(property: string, { tokenEnv }: ClusterWish): string {
  const [, field = ""] = /^clusters\.main\.(.*)$/.exec(property) ?? [];
  if (field.startsWith("token")) return optionName(tokenEnv === undefined ? "tokenFile" : "tokenEnv");
  const [, part] = PARTS.find(([start]) => field.startsWith(start)) ?? [];
  return part === undefined ? property : optionName(part);
}

const PARTS = [
  ["endpoint", "endpoint"],
  ["fingerprint", "fingerprint"],
  ["caFile", "caFile"],
  ["ssh.key", "sshKey"],
  ["ssh.user", "sshUser"],
  ["ssh.hostKeys", "hostKey"],
  ["ssh.nodes", "sshNode"],
] as const satisfies readonly (readonly [field: string, part: keyof ClusterWish])[];
