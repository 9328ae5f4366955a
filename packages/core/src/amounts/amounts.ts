import type { Bytes } from "../values/size.ts";

/** So much of a cluster: what somebody may use at most, uses, or asks for. */
export interface Amounts {
  readonly machines: number;
  /** Processors: sockets times the cores of each. */
  readonly cores: number;
  readonly memory: Bytes;
  /** What disks may grow to. */
  readonly storage: Bytes;
}

/** What is counted. */
export type AmountName = keyof Amounts;

/** What is counted, in the order in which people read of it. */
export const amountNames: readonly AmountName[] = ["machines", "cores", "memory", "storage"];

/** Nothing of anything. */
export const noAmounts: Amounts = { machines: 0, cores: 0, memory: 0, storage: 0 };

/**
 * The sum of any number of amounts.
 *
 * @example addAmounts(used, reserved, asked)
 */
export function addAmounts(...all: readonly Amounts[]): Amounts {
  return all.reduce((sum, each) => combined(sum, each, 1), noAmounts);
}

/** What is left of amounts after taking others away; below zero where there was less. */
export function subtractAmounts(from: Amounts, taken: Amounts): Amounts {
  return combined(from, taken, -1);
}

/** The same, so many times. */
export function multiplyAmounts(each: Amounts, times: number): Amounts {
  return combined(noAmounts, each, times);
}

/** Of each the larger: what something comes to at most that is now one and then the other. */
export function largestAmounts(one: Amounts, other: Amounts): Amounts {
  const larger = (name: AmountName) => Math.max(one[name], other[name]);
  return {
    machines: larger("machines"),
    cores: larger("cores"),
    memory: larger("memory"),
    storage: larger("storage"),
  };
}

function combined(left: Amounts, right: Amounts, sign: number): Amounts {
  const sum = (name: AmountName) => left[name] + sign * right[name];
  return { machines: sum("machines"), cores: sum("cores"), memory: sum("memory"), storage: sum("storage") };
}
