/** The smallest and the largest vmid Proxmox takes (`pve-vmid` in pve-common's JSONSchema.pm). */
export const vmidLimits = { first: 100, last: 999_999_999 } as const;

/** A run of vmids, both ends included. */
interface VmidRange {
  readonly first: number;
  readonly last: number;
}

/** The first `count` vmids of a range that are not taken, in order; fewer if the range has no more. */
export function freeVmids(range: VmidRange, taken: ReadonlySet<number>, count: number): number[] {
  const free: number[] = [];
  for (let vmid = range.first; vmid <= range.last && free.length < count; vmid += 1) {
    if (!taken.has(vmid)) free.push(vmid);
  }
  return free;
}
