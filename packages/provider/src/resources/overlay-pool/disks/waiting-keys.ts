/** Proxmox fills `unusedN` from 0; fresh disks wait in the last of its 256 numbers, where it never puts any itself. */
const LAST = 255;
const FIRST = 192;

/** The places of a machine where disks wait, in the order in which they are taken. */
export function waitingKeys(): string[] {
  return Array.from({ length: LAST - FIRST + 1 }, (_, index) => `unused${LAST - index}`);
}
