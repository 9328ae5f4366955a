import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NodeOrder, runOrders, storageOrders } from "@coppice/clusters";
import type { EmulatedCluster } from "@coppice/testkit";

const head: readonly NodeOrder[] = [
  ...storageOrders("0123456789", "local"),
  ["base", "scsi0", "overlay", "qcow2", 9100, "base-9100-disk-0.qcow2"],
];

/** Makes overlays over SSH, the connection included, and answers how long that took, in ms. */
export async function overlaysOverSsh(lab: EmulatedCluster, vmids: readonly number[]): Promise<number> {
  await lab.reconnect();
  return await timed(
    lab,
    vmids.map((vmid) => ["make", `seat-${vmid}`, vmid, "scsi0", `vm-${vmid}-disk-0.qcow2`]),
  );
}

/** Gives existing machines' folders fresh overlays, and answers how long that took, in ms. */
export async function renewOverSsh(lab: EmulatedCluster, vmids: readonly number[]): Promise<number> {
  return await timed(
    lab,
    vmids.map((vmid) => ["renew", `seat-${vmid}`, vmid, "scsi0"]),
  );
}

/** Puts machines around the overlays of {@link overlaysOverSsh}, so that they are nobody's leftovers. */
export async function addMachines(lab: EmulatedCluster, vmids: readonly number[]): Promise<void> {
  const disk = "local:9100/base-9100-disk-0.qcow2/$id/vm-$id-disk-0.qcow2";
  const each = `printf "name: seat-$id\\nscsi0: ${disk}\\n" >/etc/pve/nodes/pve1/qemu-server/$id.conf`;
  await lab.shell("pve1", `for id in ${vmids.join(" ")}; do ${each}; done`);
  await timed(
    lab,
    vmids.map((vmid) => ["settle", `seat-${vmid}`, vmid]),
  );
}

/** Takes the machines of {@link addMachines} away again. */
export async function dropMachines(lab: EmulatedCluster, vmids: readonly number[]): Promise<void> {
  await lab.shell(
    "pve1",
    `cd /etc/pve/nodes/pve1/qemu-server; rm ${vmids.map((vmid) => `${vmid}.conf`).join(" ")}`,
  );
}

/**
 * Removes the overlays of {@link overlaysOverSsh} or {@link renewOverSsh}; with `check`, each passes `qemu-img check`
 * first.
 */
export async function discardOverlays(
  lab: EmulatedCluster,
  vmids: readonly number[],
  check = false,
): Promise<void> {
  const images = "/var/lib/vz/images";
  const files = `${images}/2????/vm-*.qcow2`;
  if (check) await lab.shell("pve1", `for f in ${files}; do qemu-img check -q "$f" || exit 1; done`);
  await timed(
    lab,
    vmids.map((vmid) => ["discard", `seat-${vmid}`, vmid]),
  );
}

/** Has all orders carried out, and answers how long that took, in ms. */
async function timed(lab: EmulatedCluster, orders: readonly NodeOrder[]): Promise<number> {
  const start = performance.now();
  const answers = await runOrders(lab.connection, "pve1", [...head, ...orders]);
  const took = performance.now() - start;
  const failed = [...answers.values()].filter(({ word }) => word !== "ok");
  if (answers.size === orders.length && failed.length === 0) return took;
  throw new Error(`${failed.length} of ${orders.length} orders failed: ${failed[0]?.detail}`);
}

/** A shell loop of `qemu-img create` on this machine: what the disk side is compared with. Answers ms. */
export function localLoop(count: number): number {
  const folder = mkdtempSync(join(tmpdir(), "coppice-loop-"));
  try {
    const qemu = (...args: string[]) => execFileSync("qemu-img", args, { cwd: folder, stdio: "ignore" });
    qemu("create", "-f", "qcow2", "base.qcow2", "2G");
    const start = performance.now();
    const loop = `for i in $(seq ${count}); do qemu-img create -q -f qcow2 -F qcow2 -b base.qcow2 o$i.qcow2 || exit 1; done`;
    execFileSync("sh", ["-c", loop], { cwd: folder, stdio: "ignore" });
    return performance.now() - start;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How much of the disk a file takes, in KiB. */
export async function allocatedKiB(lab: EmulatedCluster, path: string): Promise<number> {
  const [kib = "0"] = (await lab.shell("pve1", `du -k ${path}`)).split("\t");
  return Number(kib);
}
