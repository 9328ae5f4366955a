import { CoppiceError, type FieldPath, formatPath } from "@coppice/core";
import type { SshNode } from "@coppice/pve";
import type { ClusterSettings } from "../settings/cluster-settings.ts";
import type { OpenCluster } from "./open-cluster.ts";

/** Connects to a real cluster. The client is loaded only here: it brings undici and ssh2 with it. */
export async function connectCluster(settings: ClusterSettings): Promise<OpenCluster> {
  const { PveClient, readNodeAddresses, SshNode: Ssh } = await import("@coppice/pve");
  const { name, caFile, fingerprint, endpoint, token, tokenFrom } = settings;
  const tls = {
    ...(caFile === undefined ? {} : { caFile }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
  const credentials = {
    token: { value: token, ...(tokenFrom !== undefined && { from: tokenFrom }) },
  };
  const client = new PveClient({ name, endpoint, tls, credentials });
  const nodes = new Map<string, SshNode>();
  let addresses: ReturnType<typeof readNodeAddresses> | undefined;
  const addressOf = async (node: string): Promise<string> => {
    // A failure is not kept: the next connection asks again.
    addresses ??= readNodeAddresses(client).catch((error: unknown) => {
      addresses = undefined;
      throw error;
    });
    return (await addresses).get(node) ?? node;
  };
  const ssh = (node: string): SshNode | undefined => {
    if (settings.ssh === undefined) return undefined;
    const known = nodes.get(node) ?? new Ssh(sshSettings(settings, node, addressOf));
    nodes.set(node, known);
    return known;
  };
  const close = async (): Promise<void> => {
    await Promise.all([...nodes.values()].map((each) => each.close()));
    await client.close();
  };
  return { settings, client, ssh, close };
}

/** A node's name need not lead to it from here, so the cluster is asked where nobody has said its address. */
function sshSettings(
  { name, ssh }: ClusterSettings,
  node: string,
  addressOf: (node: string) => Promise<string>,
): ConstructorParameters<typeof SshNode>[0] {
  if (ssh === undefined) throw missing(name, ["ssh"], "it names no key for SSH");
  const own = ssh.nodes[node];
  const pin = own?.hostKey ?? ssh.hostKeys[node];
  if (pin === undefined) throw missing(name, ["ssh", "hostKeys", node], `no host key of ${node} is known`);
  return {
    node,
    host: own?.host ?? node,
    ...(own === undefined && { address: () => addressOf(node) }),
    port: own?.port ?? ssh.port,
    user: ssh.user,
    hostKey: pin.startsWith("SHA256:") ? { fingerprint: pin } : { key: pin },
    auth: { key: { value: ssh.key } },
  };
}

function missing(cluster: string, field: FieldPath, why: string): CoppiceError {
  return new CoppiceError("provider.config", {
    what: `The nodes of the cluster ${cluster} cannot be reached over SSH`,
    why,
    wayOut: `Set coppice:${formatPath(["clusters", cluster, ...field])}; \`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub\` on the node shows its fingerprint`,
  });
}
