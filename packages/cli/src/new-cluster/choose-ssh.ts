import { homedir } from "node:os";
import { resolve } from "node:path";
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

/** Address and host key of each node that is online; keys that nobody gave are compared by a person. */
export async function chooseSshNodes(
  nodes: readonly ClusterNode[],
  { sshNode, hostKey }: ClusterWish,
  asking: Asking,
): Promise<{ readonly [node: string]: SshNodeChoice }> {
  const unknown = [...Object.keys(sshNode), ...Object.keys(hostKey)].filter(
    (name) => !nodes.some((node) => node.name === name),
  );
  if (unknown.length > 0)
    throw refused(
      `The cluster has no node ${unknown.join(", ")}`,
      `Its nodes are ${nodes.map(({ name }) => name).join(", ")}`,
    );
  const places = nodes
    .filter(({ online }) => online)
    .map(({ name, address }) => ({
      name,
      place: placeOf(sshNode[name] ?? address ?? name),
      key: hostKey[name],
    }));
  const seen = await compared(
    places.filter(({ key }) => key === undefined),
    asking,
  );
  return Object.fromEntries(
    places.map(({ name, place, key }) => [name, { ...place, hostKey: key ?? seen.get(name) ?? "" }]),
  );
}

async function compared(
  places: readonly { readonly name: string; readonly place: Place }[],
  { questions, remember }: Asking,
): Promise<ReadonlyMap<string, string>> {
  if (places.length === 0) return new Map();
  const { firstSshContact } = await import("@coppice/pve");
  const seen = await Promise.all(
    places.map(
      async ({ name, place: { host, port } }) =>
        [name, await toNode(name, { host, port }, () => firstSshContact(host, port))] as const,
    ),
  );
  const lines = seen.map(([name, key]) => `  ${name} ${key}`);
  questions?.tell(["The nodes show these SSH host keys:", ...lines]);
  const isSame = await questions?.confirm(
    "Does `ssh-keygen -lf` of each /etc/ssh/ssh_host_*_key.pub show the same?",
  );
  if (isSame === true) {
    for (const [name, key] of seen) remember?.("--host-key", `${name}=${key}`);
    return new Map(seen);
  }
  throw refused(
    `Nobody has compared the SSH host keys of ${seen.map(([name, key]) => `${name} (${key})`).join(", ")}`,
    "Compare them with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on each node and give --host-key <node>=<key>",
  );
}
