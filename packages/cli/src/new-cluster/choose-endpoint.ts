import type { Asking } from "./asking.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import { refused } from "./refused.ts";

/** The cluster's address; undefined where none is given and none is typed. */
export async function chooseEndpoint(wish: ClusterWish, { questions }: Asking): Promise<string | undefined> {
  const question = "Address of any node of the cluster, as https://pve1.example.org:8006 (empty: later)";
  const text = wish.endpoint ?? (await questions?.ask(question)) ?? "";
  if (text !== "") return endpointOf(text);
  const { sshNode, hostKey, ...single } = wish;
  const [given] = Object.keys({ ...single, ...sshNode, ...hostKey });
  if (given === undefined) return undefined;
  throw refused(`'${given}' is given of a cluster without an address`, "Give --endpoint as well");
}

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
