import { type Command, InvalidArgumentError } from "commander";
import type { ClusterWish } from "../../new-cluster/cluster-wish.ts";

/** What is typed of a cluster that no stack configures. */
export type ClusterFlags = Partial<ClusterWish>;

/** Adds the options by which a cluster is told, alike for every command. */
export function addClusterFlags(command: Command): Command {
  return command
    .option("--endpoint <url>", "any node of the cluster, as https://pve1.example.org:8006")
    .option("--fingerprint <sha256>", "the node's certificate, as `pvenode cert info` shows it")
    .option("--ca-file <file>", "or the authority that signed it, a copy of /etc/pve/pve-root-ca.pem")
    .option("--token-file <file>", "a file that holds the API token, user@realm!name=secret")
    .option("--token-env <name>", "or the environment variable that holds it")
    .option("--ssh-key <file>", "a private key that the nodes accept, for overlays")
    .option("--ssh-user <name>", "who logs in there (default: root)")
    .option("--ssh-node <node=host[:port]>", "where a node's SSH server is, once for each node", pair)
    .option("--host-key <node=key>", "a node's SSH host key or its SHA256:… fingerprint, likewise", pair);
}

/** The cluster among all that was typed. */
export function wishOf(flags: ClusterFlags): ClusterWish {
  const { endpoint, fingerprint, caFile, tokenFile, tokenEnv, sshKey, sshUser, sshNode, hostKey } = flags;
  const given = Object.entries({ endpoint, fingerprint, caFile, tokenFile, tokenEnv, sshKey, sshUser });
  const typed = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return { ...typed, sshNode: sshNode ?? {}, hostKey: hostKey ?? {} };
}

function pair(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, node, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (node === undefined || value === undefined)
    throw new InvalidArgumentError("Write it as <node>=<value>.");
  return { ...before, [node]: value };
}
