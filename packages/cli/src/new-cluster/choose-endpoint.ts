import { endpointRule } from "@coppice/core";
import type { Asking } from "./asking.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import { optionName } from "./option-name.ts";
import { refused } from "./refused.ts";

/** The cluster's address; undefined where none is given and none is typed. */
export async function chooseEndpoint(
  wish: ClusterWish,
  { questions, remember }: Asking,
): Promise<string | undefined> {
  const question = "Address of any node of the cluster, as https://pve1.example.org:8006 (empty: later)";
  const text = wish.endpoint ?? (await questions?.ask(question)) ?? "";
  if (text === "") return refuseRest(wish);
  const endpoint = endpointOf(text);
  // Before anything is asked of that place: one without TLS shall get no token, and a password belongs in no address.
  const [mistake] = endpointRule.find({ endpoint });
  if (mistake !== undefined) throw refused(`The address ${mistake.reason}`, "Give it by --endpoint");
  if (wish.endpoint === undefined) remember?.("--endpoint", endpoint);
  return endpoint;
}

/** Without an address nothing else of a cluster has a meaning. */
function refuseRest(wish: ClusterWish): undefined {
  const isGiven = (part: keyof ClusterWish) => Object.keys(wish[part] ?? {}).length > 0;
  const [given] = PARTS.filter(isGiven);
  if (given === undefined) return undefined;
  throw refused(`${optionName(given)} is given of a cluster without an address`, "Give --endpoint as well");
}

const PARTS = [
  "fingerprint",
  "caFile",
  "tokenFile",
  "tokenEnv",
  "sshKey",
  "sshUser",
  "sshNode",
  "hostKey",
] as const satisfies readonly (keyof ClusterWish)[];

/**
 * An address as people write it, in full.
 *
 * @example endpointOf("pve1.example.org"); // "https://pve1.example.org:8006"
 */
export function endpointOf(text: string): string {
  const whole = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  const short = whole.replace(/\/+$/, "");
  return /:\d+$/.test(short) ? short : `${short}:8006`;
}
