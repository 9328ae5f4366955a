import type { Generation, GenerationCopy } from "@coppice/core";

/** A file that must lie in the seat's folder before its machine is created. */
export interface SeatDisk {
  readonly slot: string;
  readonly file: string;
  readonly volume: string;
}

/** The files of a seat, in the order of the generation's disks, numbered as Proxmox numbers them. */
export function seatDisks(generation: Generation, copy: GenerationCopy, vmid: number, first = 0): SeatDisk[] {
  return generation.disks.map((disk, index) => {
    const copied = isCopied(disk.slot);
    const file = `vm-${vmid}-disk-${first + index}.${copied ? disk.format : "qcow2"}`;
    const base = copied ? "" : `${copy.vmid}/${copy.files[disk.slot] ?? ""}/`;
    return { slot: disk.slot, file, volume: `${generation.storage}:${base}${vmid}/${file}` };
  });
}

/** A TPM's state is secret to its machine and no format that QEMU layers: it is copied, all else is overlaid. */
export function isCopied(slot: string): boolean {
  return slot === "tpmstate0";
}
