import type { Spread } from "./row.ts";

/** Median and range of at least one value; of an even count, the mean of the middle two. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined || min === undefined || max === undefined) {
    throw new Error("There is no median of nothing: a bench needs at least one round");
  }
  return { median: (low + high) / 2, min, max };
}
