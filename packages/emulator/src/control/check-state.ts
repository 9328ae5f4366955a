import { dirname, extname, resolve } from "node:path";
import type { Cluster } from "../cluster/cluster.ts";
import { heldLocks } from "../cluster/locks.ts";
import type { Node } from "../cluster/node.ts";
import { guestIndex } from "../guests/guest-index.ts";
import { PveError } from "../kernel/pve-error.ts";
import { storageCatalog } from "../storage/catalog/storage-catalog.ts";
import { imageInfo } from "../storage/images/image-info.ts";
import type { VolumeFormat } from "../storage/volume-types.ts";
import { volumes } from "../storage/volumes/volumes.ts";

/** Everything that should not be so after a story has ended, one sentence each; empty when all is well. */
export async function checkState(cluster: Cluster): Promise<string[]> {
  const disks = namedDisks(cluster);
  return [
    ...duplicates(cluster),
    ...(await brokenDisks(cluster, disks)),
    ...(await orphans(cluster, disks)),
    ...cluster.tasks.running().map((task) => `task ${task.upid} still runs`),
    ...heldLocks(cluster).map((lock) => `lock '${lock}' is still held`),
    ...configLocks(cluster),
  ];
}

interface NamedDisk {
  readonly node: Node;
  readonly vmid: number;
  readonly key: string;
  readonly volid: string;
  readonly size: string | undefined;
}

const diskLine = /^((?:ide|sata|scsi|virtio|efidisk|tpmstate|unused)\d+): (?:file=)?([^,\s]+:[^,\s]+)(.*)$/;

/** A cloud-init drive that is named and not there is made at the next start (docs/proxmox-facts.md#cloud-init-drives). */
const madeAtStart = /\/vm-\d+-cloudinit(?:\.\w+)?$/;

/** Every disk that a config names, snapshots included. */
function namedDisks(cluster: Cluster): NamedDisk[] {
  return [...guestIndex(cluster).list()].flatMap((guest) => {
    const text = cluster.files.read(`nodes/${guest.node}/qemu-server/${guest.vmid}.conf`) ?? "";
    let isPresent = true;
    return text.split("\n").flatMap((line): NamedDisk[] => {
      if (line.startsWith("[")) isPresent = false;
      const [, key, volid, rest = ""] = diskLine.exec(line) ?? [];
      if (key === undefined || volid === undefined) return [];
      const size = isPresent ? /,size=([^,\s]+)/.exec(rest)?.[1] : undefined;
      return [{ node: cluster.node(guest.node), vmid: guest.vmid, key, volid, size }];
    });
  });
}

async function brokenDisks(cluster: Cluster, disks: readonly NamedDisk[]): Promise<string[]> {
  const found: string[] = [];
  for (const disk of disks) {
    const problem = await diskProblem(cluster, disk);
    if (problem !== undefined) found.push(`guest ${disk.vmid}, ${disk.key}: ${problem}`);
  }
  return found;
}

async function diskProblem(cluster: Cluster, { node, volid, size }: NamedDisk): Promise<string | undefined> {
  const all = volumes(cluster);
  try {
    if (!all.exists(node, volid)) return madeAtStart.test(volid) ? undefined : `'${volid}' does not exist`;
    const { vtype, format } = all.parse(volid);
    if (vtype !== "images") return undefined;
    const problem = await chainProblem(cluster, all.path(node, volid), format);
    if (problem !== undefined) return problem;
    const { size: bytes } = await all.info(node, volid);
    const shown = size === undefined ? undefined : sizeBytes(size);
    return shown === undefined || shown === bytes
      ? undefined
      : `the config says ${size}, the image has ${bytes} bytes`;
  } catch (error) {
    if (error instanceof PveError) return error.message;
    throw error;
  }
}

/** What is wrong with an image or with one that it stands on. Read from their headers: a test asks this after every case. */
async function chainProblem(
  cluster: Cluster,
  path: string,
  format: VolumeFormat,
): Promise<string | undefined> {
  const info = await imageInfo(cluster, path, format);
  if (info === undefined) return `'${path}' does not exist`;
  if (!info.valid) return `'${path}' is not in ${format} format`;
  if (info.parent === undefined) return undefined;
  return await chainProblem(cluster, resolve(dirname(path), info.parent), formatOfFile(info.parent));
}

function formatOfFile(name: string): VolumeFormat {
  const ending = extname(name);
  return ending === ".qcow2" ? "qcow2" : ending === ".vmdk" ? "vmdk" : "raw";
}

const units: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

function sizeBytes(text: string): number {
  const [, digits = "0", unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  return Number(digits) * (units[unit] ?? 1);
}

/** Images that no config names, by their file: long and short ids of one file are the same. */
async function orphans(cluster: Cluster, disks: readonly NamedDisk[]): Promise<string[]> {
  const all = volumes(cluster);
  const named = new Set(
    disks.filter((disk) => canParse(cluster, disk.volid)).map((disk) => all.path(disk.node, disk.volid)),
  );
  const found = new Set<string>();
  for (const node of cluster.nodes.values()) {
    for (const storage of all.storagesOf(node)) {
      if (!storage.content.has("images")) continue;
      for (const { volid } of await all.list(node, storage.id, { content: "images" })) {
        const path = all.path(node, volid);
        if (!named.has(path))
          found.add(`no guest names '${volid}'${storage.shared ? "" : ` of node ${node.name}`}`);
      }
    }
  }
  return [...found];
}

function canParse(cluster: Cluster, volid: string): boolean {
  const storage = volid.slice(0, volid.indexOf(":"));
  return storageCatalog(cluster).get(storage) !== undefined;
}

function configLocks(cluster: Cluster): string[] {
  return [...guestIndex(cluster).list()].flatMap(({ node, vmid }) => {
    const text = cluster.files.read(`nodes/${node}/qemu-server/${vmid}.conf`) ?? "";
    const lock = /^lock: (\S+)/m.exec(text.replace(/\n\[[\s\S]*/, "\n"))?.[1];
    return lock === undefined ? [] : [`guest ${vmid} is still locked (${lock})`];
  });
}

/** A vmid with a config on two nodes: pmxcfs would have refused the second, a folder cannot. */
function duplicates(cluster: Cluster): string[] {
  const vmids = new Set([...guestIndex(cluster).list()].map((guest) => guest.vmid));
  return [...vmids].flatMap((vmid) => {
    const claims = guestIndex(cluster).claims(vmid);
    return claims.length < 2
      ? []
      : [`vmid ${vmid} has a config on ${claims.map((claim) => claim.node).join(" and ")}`];
  });
}
