import type { OpenCluster } from "@coppice/clusters/connections";
import type { Asking } from "./asking.ts";
import { chooseEndpoint } from "./choose-endpoint.ts";
import { chooseSsh, chooseSshNodes } from "./choose-ssh.ts";
import { chooseToken } from "./choose-token.ts";
import { chooseTrust } from "./choose-trust.ts";
import { readNodes } from "./cluster-nodes.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import { type GivenCluster, openGiven } from "./open-given.ts";
import { toNode } from "./to-node.ts";
import type { YamlValue } from "./yaml-lines.ts";

/** A cluster that was found to answer as it was described. */
export interface NewCluster {
  /** As it was tried, from the folder of the command. A typed token stands in it. */
  readonly tried: GivenCluster;
  /** What a configuration says of it. */
  readonly settings: { readonly [key: string]: YamlValue };
  /** Files that this names, beside the configuration. */
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
  const { environment } = asking;
  const { client } = await openGiven(tried, { wish, environment });
  const nodes = await readNodes(client).finally(() => client.close());
  const kept = { endpoint, ...trust.kept, token: token.kept };
  const files = [...trust.files, ...token.files];
  if (ssh === undefined) return { tried, settings: kept, files };
  const withNodes = { ...ssh, nodes: await chooseSshNodes(nodes, wish, asking) };
  const whole = { ...tried, ssh: withNodes };
  await logIn(await openGiven(whole, { wish, environment }));
  return { tried: whole, settings: { ...kept, ssh: withNodes }, files };
}

/** Logs in on each node that is online, as the provider will. */
async function logIn({ client, settings, ssh }: OpenCluster): Promise<void> {
  try {
    for (const [name, place] of Object.entries(settings.ssh?.nodes ?? {})) {
      await using shell = ssh(name);
      await toNode(name, place, async () => await shell?.capture({ script: "true" }, { timeLimit: 20 }));
    }
  } finally {
    await client.close();
  }
}
