import type { OverlayPoolState } from "@coppice/core";
import type { ClassLab } from "./class-lab.ts";

/** One disk of a seat as the node sees it. */
export interface SeatFile {
  readonly backing: string;
  readonly allocated: number;
}

/** The first disk of every seat, asked in one go. */
export async function seatFiles(
  lab: ClassLab,
  { seats }: OverlayPoolState,
  folder: string,
): Promise<SeatFile[]> {
  const files = Object.values(seats).map(({ vmid }) => `${folder}/images/${vmid}/vm-${vmid}-disk-0.qcow2`);
  const each = `for f in ${files.join(" ")}; do qemu-img info -U "$f" | grep '^backing file:'; stat -c '%b %B' "$f"; done`;
  const lines = (await lab.cluster.shell("pve1", each)).trim().split("\n");
  return files.map((_, index) => {
    const [blocks = 0, size = 0] = (lines[2 * index + 1] ?? "").split(" ").map(Number);
    return {
      backing: (lines[2 * index] ?? "").replace(/^backing file: (\S+).*/, "$1"),
      allocated: blocks * size,
    };
  });
}

/** What guests read from two images, compared; throws where they differ. */
export async function compareImages(lab: ClassLab, node: string, a: string, b: string): Promise<string> {
  return await lab.cluster.shell(node, `qemu-img compare -U ${a} ${b}`);
}

/** Writes into a disk of a machine, as its owner would. */
export async function writeInto(lab: ClassLab, node: string, file: string, pattern: number): Promise<void> {
  await lab.cluster.shell(node, `qemu-io -f qcow2 -c 'write -P ${pattern} 1M 64k' ${file} >/dev/null`);
}
