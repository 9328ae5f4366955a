import { homedir } from "node:os";
import { resolve } from "node:path";
import { allNodes } from "./all-nodes.ts";
import type { Asking } from "./asking.ts";
import type { ClusterNode } from "./cluster-nodes.ts";
import type { ClusterWish } from "./cluster-wish.ts";
import { refused } from "./refused.ts";
import { type Place, placeOf } from "./ssh-place.ts";
import { toNode } from "./to-node.ts";

/** One node over SSH, as the configuration says it. A type, since an interface is no YAML value. */
type SshNodeChoice = { readonly host: string; readonly port?: number; readonly hostKey: string };

/** Account and key, likewise. */
export type SshAccount = { readonly user: string; readonly key: { readonly file: string } };

/** Account and key; undefined where machines are to be made through the API alone. */
export async function chooseSsh(
  { sshKey, sshUser }: ClusterWish,
  { questions, remember }: Asking,
): Promise<SshAccount | undefined> {
  const question = "File of a private key that the nodes accept, for overlays (empty: without SSH)";
  const key = sshKey ?? (await questions?.ask(question)) ?? "";
  if (key === "") return undefined;
  const file = resolve(key.replace(/^~(?=\/)/, homedir()));
  if (sshKey === undefined) remember?.("--ssh-key", file);
  const user = sshUser ?? (await questions?.ask("Who logs in on the nodes", "root")) ?? "root";
  if (sshUser === undefined && user !== "root") remember?.("--ssh-user", user);
  return { user, key: { file } };
}

/** A node that is online: where it is reached, and its host key where that was given. */
interface SshPlace {
  readonly name: string;
  readonly place: Place;
  readonly key: string | undefined;
}

/**
 * Address and host key of each node that is online. Nodes whose key is given are logged in on and the others asked for
 * theirs before a person compares these, so that all that is wrong is told at once.
 */
export async function chooseSshNodes(
  {
    places,
    logIn,
  }: { readonly places: readonly SshPlace[]; readonly logIn: (name: string) => Promise<void> },
  asking: Asking,
): Promise<{ readonly [node: string]: SshNodeChoice }> {
  const shown = await allNodes(places.map((one) => shownKey(one, logIn)));
  const seen = shown.flatMap((one) => (one === undefined ? [] : [one]));
  if (seen.length > 0) await compare(seen, asking);
  const keys = new Map(seen);
  return sshNodesOf(places.map((one) => ({ ...one, key: one.key ?? keys.get(one.name) })));
}

/** The nodes whose key is known, as the configuration says them. */
export function sshNodesOf(places: readonly SshPlace[]): { readonly [node: string]: SshNodeChoice } {
  return Object.fromEntries(
    places.flatMap(({ name, place, key }) => (key === undefined ? [] : [[name, { ...place, hostKey: key }]])),
  );
}

/** The nodes that are online, first those that were named and in that order: a person knows how these are reached. */
export function sshPlaces(
  nodes: readonly ClusterNode[],
  { sshNode, hostKey }: ClusterWish,
): readonly SshPlace[] {
  const named = [...new Set([...Object.keys(sshNode), ...Object.keys(hostKey)])];
  const unknown = named.filter((name) => !nodes.some((node) => node.name === name));
  if (unknown.length > 0)
    throw refused(
      `The cluster has no node ${unknown.join(", ")}`,
      `Its nodes are ${nodes.map(({ name }) => name).join(", ")}`,
    );
  const rank = ({ name }: ClusterNode) => (named.includes(name) ? named.indexOf(name) : named.length);
  return nodes
    .filter(({ online }) => online)
    .sort((a, b) => rank(a) - rank(b))
    .map(({ name, address }) => ({
      name,
      place: placeOf(sshNode[name] ?? address ?? name),
      key: hostKey[name],
    }));
}

/** Tries a node: its host key where nobody gave it, else nothing. */
async function shownKey(
  { name, place, key }: SshPlace,
  logIn: (name: string) => Promise<void>,
): Promise<readonly [name: string, key: string] | undefined> {
  const { host, port } = place;
  if (key !== undefined) {
    await toNode(name, { host, port }, () => logIn(name));
    return undefined;
  }
  const { firstSshContact } = await import("@coppice/pve");
  return [name, await toNode(name, { host, port }, () => firstSshContact(host, port))];
}

/** Has a person compare host keys, and refuses those that nobody has compared. */
async function compare(
  seen: readonly (readonly [name: string, key: string])[],
  { questions, remember }: Asking,
): Promise<void> {
  const lines = seen.map(([name, key]) => `  ${name} ${key}`);
  questions?.tell(["The nodes show these SSH host keys:", ...lines]);
  const isSame = await questions?.confirm(
    "Does `ssh-keygen -lf` of each /etc/ssh/ssh_host_*_key.pub show the same?",
  );
  if (isSame === true) {
    for (const [name, key] of seen) remember?.("--host-key", `${name}=${key}`);
    return;
  }
  throw refused(
    `Nobody has compared the SSH host keys of ${seen.map(([name, key]) => `${name} (${key})`).join(", ")}`,
    "Compare them with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on each node and give --host-key <node>=<key>",
  );
}
