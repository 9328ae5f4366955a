import type { Router } from "../api/router.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { nodeCommands } from "./commands/run-node-command.ts";
import { Shells } from "./shells.ts";
import { makeSshKey, type SshKeyPair } from "./ssh-key.ts";

/** How an emulator's shells are reached. */
export interface OpenShellsOptions {
  readonly router: Router;
  readonly password: string;
  readonly authorizedKeys: readonly string[];
  readonly host?: string;
  /** The first node's port, the next ones follow; any free ports when missing or 0. */
  readonly firstPort?: number;
}

/** The shells and the key that opens them. */
export interface OpenedShells {
  readonly shells: Shells;
  /** A client's key that every node admits, kept with the cluster's files. */
  readonly clientKey: SshKeyPair;
}

const keptKey = { private: "priv/emulated-ssh-key", public: "priv/emulated-ssh-key.pub" } as const;

/** Opens the SSH ports of a cluster with the commands of its nodes behind them. */
export async function openShells(cluster: Cluster, options: OpenShellsOptions): Promise<OpenedShells> {
  const clientKey = clientKeyOf(cluster);
  // The commands call back into the shells they run in.
  const opened: { shells?: Shells } = {};
  const { firstPort = 0, host } = options;
  const shells = await Shells.open(cluster, {
    commands: nodeCommands(cluster, options.router, () => opened.shells?.settle()),
    authorizedKeys: [clientKey.publicKey, ...options.authorizedKeys],
    password: options.password,
    port: (node) => (firstPort === 0 ? 0 : firstPort + node.index),
    ...(host === undefined ? {} : { host }),
  });
  opened.shells = shells;
  return { shells, clientKey };
}

function clientKeyOf(cluster: Cluster): SshKeyPair {
  const [privateKey, publicKey] = [cluster.files.read(keptKey.private), cluster.files.read(keptKey.public)];
  if (privateKey !== undefined && publicKey !== undefined) return { privateKey, publicKey };
  const made = makeSshKey("coppice-emulator");
  cluster.files.write(keptKey.private, made.privateKey);
  cluster.files.write(keptKey.public, made.publicKey);
  return made;
}
