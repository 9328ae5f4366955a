import { type NodeOrder, runOrders, storageOrders } from "@coppice/clusters";
import type { EmulatedCluster } from "@coppice/testkit";

const images = "/var/lib/vz/images";
const base = "../9101/base-9101-disk-0.qcow2";
const folder = `${images}/23000`;
const disk = "vm-23000-disk-0.qcow2";
/**
 * 2,000 writes of 4 KiB at places that are the same each time, all over the GiB that the base holds; past the node's cache,
 * as Proxmox opens disks where nothing is said.
 */
const writes =
  `awk 'BEGIN { srand(7); for (i = 0; i < 2000; i++) print "write -P 9 " int(rand() * 262144) * 4096 " 4k" }' | ` +
  `qemu-io -t none -f qcow2 ${disk} >/dev/null`;

/** What a guest's small writes cost: how long they took, and how much the overlay grew on disk. */
export interface WriteCost {
  readonly ms: number;
  readonly mb: number;
}

/** Makes the base of both sides: 2 GiB, of which one holds data, since what a write copies is what lies there. */
export async function makeBase(lab: EmulatedCluster): Promise<void> {
  await lab.shell(
    "pve1",
    `mkdir -p ${images}/9101 && cd ${images}/9101 && qemu-img create -q -f qcow2 base-9101-disk-0.qcow2 2G && ` +
      "qemu-io -f qcow2 -c 'write -P 7 0 1G' base-9101-disk-0.qcow2 >/dev/null",
  );
}

/** Takes the base away again. */
export async function dropBase(lab: EmulatedCluster): Promise<void> {
  await lab.shell("pve1", `rm -r ${images}/9101`);
}

/** Small writes into an overlay as a class gets it. */
export async function intoOurs(lab: EmulatedCluster): Promise<WriteCost> {
  const head = storageOrders("0123456789", "local");
  await runOrders(lab.connection, "pve1", [
    ...head,
    ["base", "scsi0", "overlay", "qcow2", 9101, "base-9101-disk-0.qcow2"],
    ["make", "ada", 23_000, "scsi0", disk],
  ] satisfies NodeOrder[]);
  return await written(lab);
}

/** Small writes into an overlay as qemu-img makes it where nothing is said. */
export async function intoUsual(lab: EmulatedCluster): Promise<WriteCost> {
  const create = `qemu-img create -q -f qcow2 -F qcow2 -b ${base} ${disk}`;
  await lab.shell("pve1", `mkdir ${folder} && cd ${folder} && ${create}`);
  return await written(lab);
}

async function written(lab: EmulatedCluster): Promise<WriteCost> {
  const blocks = async () => Number(await lab.shell("pve1", `stat -c %b ${folder}/${disk}`));
  const before = await blocks();
  const start = performance.now();
  await lab.shell("pve1", `cd ${folder} && ${writes}`);
  const ms = performance.now() - start;
  const mb = ((await blocks()) - before) * 512e-6;
  await lab.shell("pve1", `rm -r ${folder}`);
  return { ms, mb };
}
