import type { OpenCluster } from "@coppice/clusters/connections";
import { allNodes } from "./all-nodes.ts";
import type { Asking } from "./asking.ts";
import { chooseEndpoint } from "./choose-endpoint.ts";
import { chooseSsh, chooseSshNodes, sshNodesOf, sshPlaces } from "./choose-ssh.ts";
import { chooseToken } from "./choose-token.ts";
import { chooseTrust } from "./choose-trust.ts";
import { type ClusterNode, readNodes } from "./cluster-nodes.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import { type GivenCluster, openGiven } from "./open-given.ts";
import { toNode } from "./to-node.ts";
import { tokenRefused } from "./token-refused.ts";
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
  const open = async (more: GivenCluster) =>
    await openGiven({ ...tried, ...more }, { wish, environment: asking.environment });
  const nodes = await nodesOf(await open({}), { ...wish, endpoint });
  const kept = { endpoint, ...trust.kept, token: token.kept };
  const files = [...trust.files, ...token.files];
  if (ssh === undefined) return { tried, settings: kept, files };
  const places = sshPlaces(nodes, wish);
  const given = sshNodesOf(places);
  const chosen = await loggingIn(await open({ ssh: { ...ssh, nodes: given } }), (logIn) =>
    chooseSshNodes({ places, logIn }, asking),
  );
  const others = Object.entries(chosen).filter(([name]) => given[name] === undefined);
  const withNodes = { ...ssh, nodes: chosen };
  await loggingIn(await open({ ssh: withNodes }), (logIn) =>
    allNodes(others.map(([name, { host, port }]) => toNode(name, { host, port }, () => logIn(name)))),
  );
  return { tried: { ...tried, ssh: withNodes }, settings: { ...kept, ssh: withNodes }, files };
}

async function nodesOf({ client }: OpenCluster, wish: ClusterWish): Promise<readonly ClusterNode[]> {
  try {
    return await readNodes(client);
  } catch (error) {
    throw tokenRefused(error, wish);
  } finally {
    await client.close();
  }
}

/** Does something that logs in on nodes as the provider will. */
async function loggingIn<T>(
  { client, ssh }: OpenCluster,
  work: (logIn: (name: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  try {
    return await work(async (name) => {
      await using shell = ssh(name);
      await shell?.capture({ script: "true" }, { timeLimit: 20 });
    });
  } finally {
    await client.close();
  }
}
