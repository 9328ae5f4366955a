import { type Bytes, sizeWords } from "@coppice/core";
import type { StorageFitness } from "./storage-fitness.ts";

/** Disks that work makes on a storage, a set of them for each of its items. */
export interface SpaceDemand {
  /** What comes to how much, for one and for many: `["seat may grow to", "seats may grow to"]`. */
  readonly words: readonly [one: string, many: string];
  readonly count: number;
  /** What one comes to at most. */
  readonly each: Bytes;
}

/**
 * Why disks do not fit on a storage, with every number; undefined where they do, or where it does not tell. A disk may
 * grow to its full size: what cannot fit in the end is refused at the start.
 *
 * @example
 * spaceProblem("nas", { free: 20 * GIB }, [{ words: ["seat may grow to", "seats may grow to"], count: 3, each: 8 * GIB }])
 * // "3 seats may grow to 8 GiB each, 24 GiB in all, and storage 'nas' has 20 GiB free"
 */
export function spaceProblem(
  storage: string,
  { free = Number.POSITIVE_INFINITY }: Pick<StorageFitness, "free">,
  demands: readonly SpaceDemand[],
): string | undefined {
  const total = demands.reduce((sum, { count, each }) => sum + count * each, 0);
  if (total <= free) return undefined;
  const asked = demands.filter(({ count }) => count > 0);
  const isOne = asked.length === 1 && asked[0]?.count === 1;
  const all = isOne ? "" : `, ${sizeWords(total)} in all`;
  return `${asked.map(demandWords).join(", ")}${all}, and storage '${storage}' has ${sizeWords(free)} free`;
}

function demandWords({ words: [one, many], count, each }: SpaceDemand): string {
  return count === 1 ? `1 ${one} ${sizeWords(each)}` : `${count} ${many} ${sizeWords(each)} each`;
}
