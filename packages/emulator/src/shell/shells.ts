import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { CommandRunner } from "./commands/node-command.ts";
import { type CommandResult, NodeShell } from "./node-shell.ts";
import { Sessions } from "./sessions.ts";
import { SshDoor } from "./ssh-door.ts";
import { makeSshKey, type SshKeyPair } from "./ssh-key.ts";

/** How a cluster's shells are opened. */
export interface ShellsOptions {
  /** What `qm`, `pvesm` and the other commands of a node do. */
  readonly commands: (node: Node) => CommandRunner;
  /** Public keys that may log in as root, one line each. */
  readonly authorizedKeys?: readonly string[];
  /** root's password; without one only keys are admitted. */
  readonly password?: string;
  /** The address to listen on; 127.0.0.1 when missing. */
  readonly host?: string;
  /** The port of a node; a free one when missing. */
  readonly port?: (node: Node) => number;
}

interface OpenShell {
  readonly node: Node;
  readonly shell: NodeShell;
  readonly door: SshDoor;
  hostKey: SshKeyPair;
}

/** The shells of a cluster's nodes: SSH ports that cost nothing until somebody connects. */
export class Shells {
  readonly #cluster: Cluster;
  readonly #open: ReadonlyMap<string, OpenShell>;
  readonly #sessions: Sessions;

  private constructor(cluster: Cluster, open: ReadonlyMap<string, OpenShell>, sessions: Sessions) {
    this.#cluster = cluster;
    this.#open = open;
    this.#sessions = sessions;
  }

  /** Opens the SSH port of every node. */
  static async open(cluster: Cluster, options: ShellsOptions): Promise<Shells> {
    const sessions = new Sessions(cluster);
    const host = options.host ?? "127.0.0.1";
    const open = new Map<string, OpenShell>();
    for (const node of cluster.nodes.values()) {
      const hostKey = keptHostKey(node);
      const { authorizedKeys = [], password } = options;
      const access = { hostKey, authorizedKeys, ...(password === undefined ? {} : { password }) };
      const shell = new NodeShell(cluster, node, access, sessions, options.commands(node));
      const door = await SshDoor.open(
        { cluster, node, sessions, namespace: () => shell.namespace() },
        host,
        options.port?.(node) ?? 0,
      ).catch(async (error: unknown) => {
        for (const { door: opened } of open.values()) await opened.close();
        throw error;
      });
      open.set(node.name, { node, shell, door, hostKey });
    }
    return new Shells(cluster, open, sessions);
  }

  port(node: string): number {
    return this.#of(node).door.port;
  }

  /** A node's public host key, as a line of known_hosts has it after the host's name. */
  hostKey(node: string): string {
    return this.#of(node).hostKey.publicKey.split(" ").slice(0, 2).join(" ");
  }

  /** Gives a node a new host key from the next connection on, and answers its public part. */
  changeHostKey(node: string): string {
    const found = this.#of(node);
    found.hostKey = makeSshKey(`root@${node}`);
    keepHostKey(found.node, found.hostKey);
    found.shell.useHostKey(found.hostKey);
    return this.hostKey(node);
  }

  /** Runs a command as root of a node, without SSH. */
  async run(node: string, command: string): Promise<CommandResult> {
    return await this.#of(node).shell.run(command);
  }

  /** Takes over what was changed by hand. Called before each API request; costs nothing while nobody is logged in. */
  settle(): void {
    this.#sessions.settle();
  }

  /** Makes `/etc/pve` of every node's shell what its quorum makes it: writable or not. */
  async followQuorum(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ shell }) => shell.followQuorum()));
  }

  /** Takes what happened inside the shells into the cluster's counters. */
  collect(): void {
    for (const { shell } of this.#open.values()) shell.collect();
  }

  /** Closes the ports and ends everything that runs inside. */
  async close(): Promise<void> {
    this.collect();
    for (const { door } of this.#open.values()) await door.close();
    for (const { shell } of this.#open.values()) await shell.close();
    for (const { door } of this.#open.values()) await door.ended();
    this.#cluster.files.rescan();
  }

  #of(node: string): OpenShell {
    const found = this.#open.get(node);
    if (found === undefined) throw new Error(`no node '${node}' in this cluster`);
    return found;
  }
}

/** A node's host key is kept beside its root, so that a restart shows the same one. */
function hostKeyPath(node: Node): string {
  return join(node.root, "..", `${node.name}.host-key.json`);
}

function keepHostKey(node: Node, key: SshKeyPair): void {
  writeFileSync(hostKeyPath(node), JSON.stringify(key), { mode: 0o600 });
}

function keptHostKey(node: Node): SshKeyPair {
  const path = hostKeyPath(node);
  if (existsSync(path)) {
    const kept: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isKeyPair(kept)) return kept;
  }
  const made = makeSshKey(`root@${node.name}`);
  keepHostKey(node, made);
  return made;
}

function isKeyPair(value: unknown): value is SshKeyPair {
  return typeof value === "object" && value !== null && "privateKey" in value && "publicKey" in value;
}
