import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Cluster } from "../cluster/cluster.ts";
import type { Node } from "../cluster/node.ts";
import type { SshKeyPair } from "./ssh-key.ts";
import { sshdConfig } from "./sshd-config.ts";
import { commandScript, meetingFolder, nodeCommands, qemuImgScript } from "./tools.ts";

/** Who may log in, and what the node shows as its own key. */
export interface NodeAccess {
  readonly hostKey: SshKeyPair;
  readonly authorizedKeys: readonly string[];
  /** The crypt form of root's password; `*` admits keys only. */
  readonly passwordHash: string;
  /** The user id that counts as root: 0, or this process's own when it is not root. */
  readonly uid: number;
}

/** Folders of the root that hold nothing of the machine's. */
const folders = [
  "dev",
  "dev/pts",
  "dev/shm",
  "etc/ssh",
  "etc/pve",
  "home",
  "mnt",
  "opt",
  "proc",
  "root/.ssh",
  "run/lock",
  "run/sshd",
  "srv",
  "sys",
  "tmp",
  "usr",
  "var/lib/vz",
  "var/log",
  "var/tmp",
  meetingFolder.slice(1),
] as const;

/** Folders that are links into /usr on most machines. */
const systemFolders = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"] as const;

/** What programs look up below /etc. */
const copiedFiles = ["ld.so.cache", "ld.so.conf", "localtime", "profile"] as const;

/** Writes what a node's root needs before it can be entered; all that is made stays in the node's own folder. */
export function layOutRoot(cluster: Cluster, node: Node, access: NodeAccess): void {
  for (const folder of folders) mkdirSync(join(node.root, folder), { recursive: true });
  for (const folder of ["tmp", "var/tmp"]) chmodSync(join(node.root, folder), 0o1777);
  link(node, "var/run", "../run");
  link(node, "var/lock", "../run/lock");
  for (const name of systemFolders) mirrorSystemFolder(node, name);
  for (const name of copiedFiles) {
    if (existsSync(`/etc/${name}`)) copyFileSync(`/etc/${name}`, join(node.root, "etc", name));
  }
  writeAccounts(node, access);
  writeTools(node);
  linkConfigFolders(cluster, node);
}

function writeAccounts(node: Node, { hostKey, authorizedKeys, passwordHash, uid }: NodeAccess): void {
  const write = (path: string, text: string, mode = 0o644) => {
    writeFileSync(join(node.root, path), text);
    chmodSync(join(node.root, path), mode);
  };
  const sftp = [
    "/usr/lib/openssh/sftp-server",
    "/usr/libexec/sftp-server",
    "/usr/libexec/openssh/sftp-server",
  ].find(existsSync);
  write(
    "etc/passwd",
    `root:x:${uid}:${uid}:root:/root:/bin/bash\nsshd:x:102:65534::/run/sshd:/usr/sbin/nologin\n`,
  );
  write("etc/group", `root:x:${uid}:\ntty:x:5:\nwww-data:x:33:\nnogroup:x:65534:\n`);
  write("etc/shadow", `root:${passwordHash}:20000:0:99999:7:::\nsshd:!:20000::::::\n`, 0o600);
  write("etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\n");
  write("etc/hostname", `${node.name}\n`);
  write(
    "etc/hosts",
    `127.0.0.1 localhost.localdomain localhost\n${node.address} ${node.name}.lab.example ${node.name}\n`,
  );
  write("etc/ssh/sshd_config", sshdConfig(sftp ?? "internal-sftp", uid));
  writeHostKey(node, hostKey);
  write("root/.ssh/authorized_keys", authorizedKeys.map((key) => `${key}\n`).join(""), 0o600);
  for (const folder of ["root", "root/.ssh"]) chmodSync(join(node.root, folder), 0o700);
}

/** Writes the key that the node's sshd shows from its next connection on. */
export function writeHostKey(node: Node, { privateKey, publicKey }: SshKeyPair): void {
  const path = join(node.root, "etc/ssh/ssh_host_ed25519_key");
  writeFileSync(path, privateKey, { mode: 0o600 });
  writeFileSync(`${path}.pub`, `${publicKey}\n`);
}

/** The folder laid over the machine's /usr. */
export function toolsFolder(node: Node): string {
  return join(node.root, ".tools");
}

function writeTools(node: Node): void {
  const write = (path: string, text: string) => {
    const target = join(toolsFolder(node), path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text, { mode: 0o755 });
  };
  for (const name of nodeCommands)
    write(name === "pveversion" || name === "pvesh" ? `bin/${name}` : `sbin/${name}`, commandScript);
  write("bin/systemctl", commandScript);
  write("bin/qemu-img", qemuImgScript);
  write("lib/coppice/qemu-img", "");
}

/** `/etc/pve/local` and the like differ by node while the folder is one: they lead through a link of the node's own. */
function linkConfigFolders(cluster: Cluster, node: Node): void {
  const members = cluster.membership?.members.map(({ name }) => name) ?? [cluster.firstNode.name];
  for (const name of members) cluster.files.makeGuestFolders(name);
  mkdirSync(join(node.root, "var/lib/pve-cluster"), { recursive: true });
  link(node, "var/lib/pve-cluster/local", `/etc/pve/nodes/${node.name}`);
  const links = { local: "/var/lib/pve-cluster/local", "qemu-server": "local/qemu-server", lxc: "local/lxc" };
  for (const [name, target] of Object.entries(links)) linkOnce(join(cluster.files.folder, name), target);
}

function mirrorSystemFolder(node: Node, name: string): void {
  const host = `/${name}`;
  if (!existsSync(host)) return;
  if (lstatSync(host).isSymbolicLink()) link(node, name, readlinkSync(host));
  else mkdirSync(join(node.root, name), { recursive: true });
}

function link(node: Node, path: string, target: string): void {
  linkOnce(join(node.root, path), target);
}

function linkOnce(path: string, target: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(target, path);
}
