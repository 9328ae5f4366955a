import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import { hashPassword } from "../qemu/cloudinit/hash-password.ts";
import { storageCatalog, unusableReason } from "../storage/catalog/storage-catalog.ts";
import { CommandDoor } from "./command-door.ts";
import type { CommandRunner } from "./commands/node-command.ts";
import { findProgram } from "./find-program.ts";
import { Namespace } from "./namespace.ts";
import { layOutRoot, toolsFolder, writeHostKey } from "./node-root.ts";
import { QemuImgNotes } from "./qemu-img-notes.ts";
import type { Sessions } from "./sessions.ts";
import type { SshKeyPair } from "./ssh-key.ts";

/** Who may enter a node's shell. */
export interface ShellAccess {
  readonly hostKey: SshKeyPair;
  readonly authorizedKeys: readonly string[];
  /** root's password; without one only keys are admitted. */
  readonly password?: string;
}

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The inside of one node's shell: its namespace and commands, made at first use. */
export class NodeShell {
  readonly #cluster: Cluster;
  readonly #node: Node;
  #access: ShellAccess;
  readonly #sessions: Sessions;
  readonly #runner: CommandRunner;
  readonly #mounted = new Set<string>();
  #meeting: string | undefined;
  #notes: QemuImgNotes | undefined;
  #door: CommandDoor | undefined;
  #namespace: Promise<Namespace> | undefined;
  /** Whether `/etc/pve` takes writes inside. */
  #isWritable = true;

  constructor(cluster: Cluster, node: Node, access: ShellAccess, sessions: Sessions, runner: CommandRunner) {
    this.#cluster = cluster;
    this.#node = node;
    this.#access = access;
    this.#sessions = sessions;
    this.#runner = runner;
  }

  /** The node's namespace, with the storages that are there now. */
  async namespace(): Promise<Namespace> {
    this.#namespace ??= this.#open();
    const namespace = await this.#namespace;
    await this.#mountStorages(namespace);
    await this.followQuorum();
    return namespace;
  }

  /** Without quorum pmxcfs refuses every write, whoever tries (docs/proxmox-facts.md#without-quorum). */
  async followQuorum(): Promise<void> {
    const isQuorate = this.#cluster.quorate(this.#node);
    if (this.#namespace === undefined || this.#isWritable === isQuorate) return;
    this.#isWritable = isQuorate;
    const namespace = await this.#namespace;
    await namespace.run(`mount -o remount,bind,${isQuorate ? "rw" : "ro"} /etc/pve`);
  }

  /** Shows another host key from the next connection on. */
  useHostKey(hostKey: SshKeyPair): void {
    this.#access = { ...this.#access, hostKey };
    if (this.#namespace !== undefined) writeHostKey(this.#node, hostKey);
  }

  /** Runs a command as root of the node, without SSH. */
  async run(command: string): Promise<CommandResult> {
    const namespace = await this.namespace();
    const leave = this.#sessions.enter(this.#node);
    try {
      return await runProgram(namespace.enterAsLogin(["bash", "-c", `cd /root; ${command}`]));
    } finally {
      leave();
    }
  }

  /** Takes the notes of finished qemu-img runs into the counters. */
  collect(): void {
    this.#notes?.collect();
  }

  /** Ends everything inside and removes what was made outside the data folder. */
  async close(): Promise<void> {
    const namespace = await this.#namespace?.catch(() => undefined);
    await namespace?.close();
    await this.#door?.close();
    if (this.#meeting !== undefined) rmSync(this.#meeting, { recursive: true, force: true });
  }

  async #open(): Promise<Namespace> {
    findProgram("sshd");
    const qemuImg = findProgram("qemu-img");
    findProgram("nsenter");
    const { hostKey, authorizedKeys, password } = this.#access;
    const passwordHash = password === undefined ? "*" : await hashPassword(password);
    layOutRoot(this.#cluster, this.#node, {
      hostKey,
      authorizedKeys,
      passwordHash,
      uid: process.getuid?.() ?? 0,
    });
    // Unix sockets have short paths only; the data folder may be deep.
    this.#meeting = mkdtempSync(join(tmpdir(), "coppice-"));
    this.#notes = new QemuImgNotes(this.#cluster, join(this.#meeting, "qemu-img"));
    this.#door = await CommandDoor.open(join(this.#meeting, "commands"), this.#runner);
    const shared = join(this.#cluster.data, "shared");
    mkdirSync(shared, { recursive: true });
    return await Namespace.open({
      root: this.#node.root,
      tools: toolsFolder(this.#node),
      clusterFiles: this.#cluster.files.folder,
      shared,
      meeting: this.#meeting,
      qemuImg,
      name: this.#node.name,
    });
  }

  async #mountStorages(namespace: Namespace): Promise<void> {
    for (const storage of storageCatalog(this.#cluster).list()) {
      const { path, id } = storage;
      if (path === undefined || !storage.shared || this.#mounted.has(id)) continue;
      if (unusableReason({ cluster: this.#cluster, node: this.#node, storage }) !== undefined) continue;
      this.#mounted.add(id);
      mkdirSync(join(this.#cluster.data, "shared", id), { recursive: true });
      const target = `'${path.replaceAll("'", "'\\''")}'`;
      await namespace.run(`mkdir -p ${target} && mount --bind /run/shared/${id} ${target}`);
    }
  }
}

async function runProgram([program, ...args]: readonly [string, ...string[]]): Promise<CommandResult> {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: nodePath, HOME: "/root", LANG: "C.UTF-8" },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 255, stdout, stderr }));
  });
}

const nodePath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
