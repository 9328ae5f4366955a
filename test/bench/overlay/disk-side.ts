import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmulatedCluster } from "@coppice/testkit";
import { type NodeOrder, nodeInput } from "../../../packages/clusters/src/node-program/node-program.ts";

const head: readonly NodeOrder[] = [
  ["mark", "0123456789"],
  ["storage", "local"],
  ["base", "scsi0", "overlay", "qcow2", 9100, "base-9100-disk-0.qcow2"],
];

/** Makes overlays over SSH, the connection included, and answers how long that took, in ms. */
export async function overlaysOverSsh(lab: EmulatedCluster, vmids: readonly number[]): Promise<number> {
  await lab.reconnect();
  const make = vmids.map(
    (vmid): NodeOrder => ["make", `seat-${vmid}`, vmid, "scsi0", `vm-${vmid}-disk-0.qcow2`],
  );
  const start = performance.now();
  const output = await lab
    .ssh("pve1")
    .capture({ script: "exec perl -", stdin: nodeInput([...head, ...make]) });
  const took = performance.now() - start;
  const made = output.split("\n").filter((line) => line.startsWith("ok\tseat-")).length;
  if (made !== vmids.length)
    throw new Error(`${made} of ${vmids.length} overlays were made: ${output.slice(0, 300)}`);
  return took;
}

/** Gives existing machines' folders fresh overlays, and answers how long that took, in ms. */
export async function renewOverSsh(lab: EmulatedCluster, vmids: readonly number[]): Promise<number> {
  const renew = vmids.map((vmid): NodeOrder => ["renew", `seat-${vmid}`, vmid, "scsi0"]);
  const start = performance.now();
  await lab.ssh("pve1").capture({ script: "exec perl -", stdin: nodeInput([...head, ...renew]) });
  return performance.now() - start;
}

/** Removes the overlays of {@link overlaysOverSsh}; with `check`, each passes `qemu-img check` first. */
export async function discardOverlays(
  lab: EmulatedCluster,
  vmids: readonly number[],
  check = false,
): Promise<void> {
  const images = "/var/lib/vz/images";
  const files = `${images}/2????/vm-*.qcow2`;
  if (check) await lab.shell("pve1", `for f in ${files}; do qemu-img check -q "$f" || exit 1; done`);
  const discard = vmids.map((vmid): NodeOrder => ["discard", `seat-${vmid}`, vmid]);
  await lab.ssh("pve1").capture({ script: "exec perl -", stdin: nodeInput([...head, ...discard]) });
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
