import type { Asking } from "./asking.ts";
import { chooseEndpoint } from "./choose-endpoint.ts";
import { chooseSsh } from "./choose-ssh.ts";
import { chooseToken } from "./choose-token.ts";
import { chooseTrust } from "./choose-trust.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import type { GivenCluster } from "./open-given.ts";
import { placeOf } from "./ssh-place.ts";

/** A cluster that options alone tell, without a question and with nothing tried; undefined where they name none. */
export async function flaggedCluster(
  wish: ClusterWish,
  environment: Asking["environment"],
): Promise<GivenCluster | undefined> {
  const asking: Asking = { questions: undefined, environment };
  const endpoint = await chooseEndpoint(wish, asking);
  if (endpoint === undefined) return undefined;
  const token = await chooseToken(wish, asking);
  const trust = await chooseTrust(endpoint, wish, asking);
  const account = await chooseSsh(wish, asking);
  if (account === undefined) return { endpoint, ...trust.tried, token: token.tried };
  const nodes = Object.entries(wish.sshNode).map(([name, place]) => [name, placeOf(place)] as const);
  const ssh = { ...account, nodes: Object.fromEntries(nodes), hostKeys: wish.hostKey };
  return { endpoint, ...trust.tried, token: token.tried, ssh };
}
