import { CoppiceError } from "../errors/coppice-error.ts";

/** The smallest and the largest vmid Proxmox takes (`pve-vmid` in pve-common's JSONSchema.pm). */
export const vmidLimits = { first: 100, last: 999_999_999 } as const;

/** A run of vmids, both ends included. */
export interface VmidRange {
  readonly first: number;
  readonly last: number;
}

/** Reads a vmid as Proxmox writes it, as a number or as text, or refuses. */
export function parseVmid(vmid: number | string): number {
  const number = typeof vmid === "number" ? vmid : readDigits(vmid);
  if (Number.isInteger(number) && number >= vmidLimits.first && number <= vmidLimits.last) return number;
  const shown = String(vmid).slice(0, 60);
  throw invalid(
    `The vmid ${JSON.stringify(shown)} cannot be used`,
    "a vmid is a whole number from 100 to 999999999",
  );
}

function readDigits(text: string): number {
  return /^[1-9]\d{2,8}$/.test(text) ? Number(text) : Number.NaN;
}

/** A range from `first` to `last`, checked. */
export function vmidRange(first: number, last: number): VmidRange {
  parseVmid(first);
  parseVmid(last);
  if (last < first)
    throw invalid(`The vmid range ${first}-${last} cannot be used`, "it ends before it begins");
  return { first, last };
}

/**
 * Reads a range as people write it.
 *
 * @example parseVmidRange("9000-9099") // { first: 9000, last: 9099 }
 */
export function parseVmidRange(text: string): VmidRange {
  const match = /^(\d{1,10})-(\d{1,10})$/.exec(text);
  if (match) return vmidRange(Number(match[1]), Number(match[2]));
  throw invalid(`${JSON.stringify(text.slice(0, 60))} is not a vmid range`, 'a range looks like "9000-9099"');
}

/** Writes a range so that {@link parseVmidRange} gives it back. */
export function formatVmidRange({ first, last }: VmidRange): string {
  return `${first}-${last}`;
}

/** How many vmids a range holds. */
export function vmidRangeSize({ first, last }: VmidRange): number {
  return last - first + 1;
}

/** Whether a vmid lies in a range. */
export function rangeHasVmid({ first, last }: VmidRange, vmid: number): boolean {
  return Number.isInteger(vmid) && vmid >= first && vmid <= last;
}

/** Whether two ranges share a vmid. */
export function rangesOverlap(left: VmidRange, right: VmidRange): boolean {
  return left.first <= right.last && right.first <= left.last;
}

/** The first `count` vmids of a range that are not taken, in order; fewer if the range has no more. */
export function freeVmids(range: VmidRange, taken: ReadonlySet<number>, count: number): number[] {
  const free: number[] = [];
  for (let vmid = range.first; vmid <= range.last && free.length < count; vmid += 1) {
    if (!taken.has(vmid)) free.push(vmid);
  }
  return free;
}

function invalid(what: string, why: string): CoppiceError {
  return new CoppiceError("vmid.invalid", { what, why, wayOut: "Choose vmids from 100 to 999999999" });
}
