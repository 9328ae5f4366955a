import type { Amounts } from "../amounts/amounts.ts";
import { divideHalfEven } from "../money/divide-half-even.ts";
import { type Money, moneyOf } from "../money/money.ts";
import type { Bytes } from "../values/size.ts";
import { type PriceList, pricedSpans, type Rates, ratesAt } from "./price-list.ts";

/** A stretch of time in which something takes the same. */
export interface Phase {
  /** In milliseconds since 1970; `to` is the first that does not belong to it. */
  readonly from: number;
  readonly to: number;
  readonly amounts: Amounts;
  /** What is stopped costs what the plan says of it. */
  readonly running: boolean;
}

/** What a machine sent, and when that was counted. */
export interface Traffic {
  readonly at: number;
  readonly bytes: Bytes;
}

/** All that is charged of one thing. */
export interface Usage {
  readonly phases: readonly Phase[];
  readonly traffic?: readonly Traffic[];
}

const HOUR = 3_600_000n;
const GIB = 2n ** 30n;
/** Rates are millionths of the millionths that money is counted in. */
const PER_MICRO = 10n ** 6n;

/**
 * What one thing costs. It is reckoned exactly, and rounded once, at the end: a forecast and what is metered are the same
 * sum of the same phases, however these are cut.
 *
 * @throws CoppiceError `plan.unknown`, `money.overflow`
 */
export function chargeOf(prices: PriceList, { phases, traffic = [] }: Usage): Money {
  let sum = 0n;
  for (const phase of phases) sum += phaseCharge(prices, phase);
  for (const sent of traffic) sum += trafficCharge(prices, sent);
  // Every summand is a rate times GiB times hours, in units of bytes times milliseconds.
  const micros = divideHalfEven(sum, HOUR * GIB * PER_MICRO);
  return moneyOf(Number(micros), prices.currency);
}

function phaseCharge(prices: PriceList, { from, to, amounts, running }: Phase): bigint {
  if (!running && prices.stopped === "nothing") return 0n;
  const isWhole = running || prices.stopped === "all";
  let sum = 0n;
  for (const span of pricedSpans(prices, from, to)) {
    const each = storageRate(span.rates, amounts) + (isWhole ? machineRate(span.rates, amounts) : 0n);
    sum += each * BigInt(span.to - span.from);
  }
  return sum;
}

function storageRate({ storageGiBHour }: Rates, { storage }: Amounts): bigint {
  return storageGiBHour * BigInt(storage);
}

function machineRate({ coreHour, memoryGiBHour }: Rates, { cores, memory }: Amounts): bigint {
  return coreHour * BigInt(cores) * GIB + memoryGiBHour * BigInt(memory);
}

function trafficCharge(prices: PriceList, { at, bytes }: Traffic): bigint {
  return ratesAt(prices, at).trafficGiB * BigInt(bytes) * HOUR;
}
