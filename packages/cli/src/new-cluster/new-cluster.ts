import { resolve } from "node:path";
import type { Clusters } from "@coppice/clusters/connections";
import type { Asking } from "./asking.ts";
import { chooseEndpoint } from "./choose-endpoint.ts";
import { chooseSsh, chooseSshNodes } from "./choose-ssh.ts";
import { chooseToken } from "./choose-token.ts";
import { chooseTrust } from "./choose-trust.ts";
import { readNodes } from "./cluster-nodes.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import type { YamlValue } from "./yaml-lines.ts";

/** A cluster that was found to answer as it was described. */
export interface NewCluster {
  /** What the stack's configuration says of it. */
  readonly settings: { readonly [key: string]: YamlValue };
  /** Files that this names, in the project's folder. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/**
 * Gathers how a cluster is reached, and tries all of it: its certificate, the token, a login on every node that is
 * online. Undefined where no cluster is named. Writes nothing.
 */
export async function newCluster(wish: ClusterWish, asking: Asking): Promise<NewCluster | undefined> {
  const endpoint = await chooseEndpoint(wish, asking);
  if (endpoint === undefined) return undefined;
  const trust = await chooseTrust(endpoint, wish, asking);
  const token = await chooseToken(wish, asking);
  const ssh = await chooseSsh(wish, asking);
  const tried = { endpoint, ...trust.tried, token: token.tried };
  const nodes = await withCluster(tried, asking, async (clusters) => {
    const { client } = await clusters.get("main");
    return await readNodes(client);
  });
  const kept = { endpoint, ...trust.kept, token: token.kept };
  const files = [...trust.files, ...token.files];
  if (ssh === undefined) return { settings: kept, files };
  const withNodes = { ...ssh, nodes: await chooseSshNodes(nodes, wish, asking) };
  await withCluster({ ...tried, ssh: withNodes }, asking, async (clusters) => {
    const { ssh: shellOf } = await clusters.get("main");
    for (const name of Object.keys(withNodes.nodes)) {
      await using shell = shellOf(name);
      await shell?.capture({ script: "true" }, { timeLimit: 20 });
    }
  });
  return { settings: { ...kept, ssh: withNodes }, files };
}

/** Opens a cluster that is not configured yet, as the provider will. */
async function withCluster<T>(
  main: { readonly [key: string]: YamlValue },
  { environment }: Asking,
  work: (clusters: Clusters) => Promise<T>,
): Promise<T> {
  const { openClusters } = await import("@coppice/clusters/connections");
  // A typed token is no reference yet; it goes nowhere but to the cluster.
  const options = { environment, folder: resolve("."), secret: true };
  const clusters = await openClusters(JSON.stringify({ main }), options);
  const { client } = await clusters.get("main");
  try {
    return await work(clusters);
  } finally {
    await client.close();
  }
}
