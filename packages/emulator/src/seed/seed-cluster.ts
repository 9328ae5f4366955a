import { execFile } from "node:child_process";
import { chmodSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { accessOf } from "../access/access.ts";
import { formatUserConfig, parseUserConfig } from "../access/user-config.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { corosyncFile, formatCorosync, totemOfNew } from "../cluster/corosync.ts";
import { volumes } from "../storage/volumes/volumes.ts";

const run = promisify(execFile);

/** An API token as a client sends it. */
export interface TokenCredential {
  /** `user@realm!id`. */
  readonly id: string;
  readonly secret: string;
}

const localStorage =
  "dir: local\n\tpath /var/lib/vz\n\tcontent iso,vztmpl,backup,images,rootdir,snippets,import\n";
const sharedStorage = "dir: nas\n\tpath /mnt/pve/nas\n\tcontent images,iso,snippets,import\n\tshared 1\n";
const templateId = 9000;

/** Gives several nodes their corosync.conf. */
export function seedMembership(cluster: Cluster): void {
  if (cluster.nodes.size < 2 || cluster.files.read(corosyncFile) !== undefined) return;
  const members = [...cluster.nodes.values()].map((node) => ({
    name: node.name,
    nodeid: node.index + 1,
    address: node.address,
    votes: 1,
  }));
  cluster.files.write(
    corosyncFile,
    formatCorosync({
      clusterName: cluster.name ?? "coppice",
      members,
      configVersion: members.length,
      totem: totemOfNew(cluster.version),
    }),
  );
}

/** Makes the token `root@pam!coppice` without privilege separation, once per data folder. */
export function seedToken(cluster: Cluster): TokenCredential {
  const id = "root@pam!coppice";
  const access = accessOf(cluster);
  const known = access.tokenSecrets.get(id);
  if (known !== undefined) return { id, secret: known };
  const config = parseUserConfig(cluster.files.read("user.cfg") ?? "");
  config.users.get("root@pam")?.tokens.set("coppice", { expire: 0, privsep: false, comment: "emulator" });
  cluster.files.write("user.cfg", formatUserConfig(config));
  return { id, secret: access.newTokenSecret(id) };
}

/** The storage every node has. */
export function seedLocalStorage(cluster: Cluster): void {
  if (cluster.files.read("storage.cfg") === undefined) cluster.files.write("storage.cfg", localStorage);
}

/** A disk with a boot sector and a few hundred KiB of data, as a real qcow2. */
async function makeTemplateDisk(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const raw = `${path}.raw`;
  const content = Buffer.alloc(256 * 1024, "coppice template ");
  content.writeUInt16LE(0xaa55, 510);
  await writeFile(raw, content);
  try {
    await run("qemu-img", ["resize", "-q", "-f", "raw", raw, "2G"]);
    await run("qemu-img", ["convert", "-f", "raw", "-O", "qcow2", raw, path]);
  } finally {
    await rm(raw, { force: true });
  }
  chmodSync(path, 0o444);
}

/** Template 9000 on the shared storage: a linked-clone base and a cloud-init drive. */
async function seedTemplate(cluster: Cluster): Promise<void> {
  const node = cluster.firstNode;
  const disk = `nas:${templateId}/base-${templateId}-disk-0.qcow2`;
  const drive = `nas:${templateId}/vm-${templateId}-cloudinit.qcow2`;
  const cloudInit = volumes(cluster).path(node, drive);
  await makeTemplateDisk(volumes(cluster).path(node, disk));
  await run("qemu-img", ["create", "-q", "-f", "qcow2", cloudInit, "4M"]);
  const lines = {
    agent: "1",
    boot: "order=scsi0",
    cores: "1",
    ide2: `${drive},media=cdrom,size=4M`,
    ipconfig0: "ip=dhcp",
    memory: "1024",
    meta: `creation-qemu=${cluster.version.qemu},ctime=${cluster.seconds()}`,
    name: "template-9000",
    net0: "virtio=BC:24:11:00:90:00,bridge=vmbr0",
    ostype: "l26",
    scsi0: `${disk},size=2G`,
    scsihw: "virtio-scsi-pci",
    serial0: "socket",
    smbios1: "uuid=9000c0de-0000-4000-8000-000000009000",
    template: "1",
    vga: "serial0",
  };
  const text = Object.entries(lines).map(([key, value]) => `${key}: ${value}\n`);
  cluster.files.write(`nodes/${node.name}/qemu-server/${templateId}.conf`, text.join(""));
}

/** The default cluster: a local and a shared storage and template 9000. Does nothing to a cluster that has storages. */
export async function seedDefault(cluster: Cluster): Promise<void> {
  if (cluster.files.read("storage.cfg") !== undefined) return;
  cluster.files.write("storage.cfg", `${localStorage}\n${sharedStorage}`);
  await seedTemplate(cluster);
}
