import { CoppiceError } from "../errors/coppice-error.ts";
import type { Plan, Prices, StoppedRule } from "../kinds/generated/inputs.ts";
import { parseInstant } from "../values/instant.ts";

/** A price in millionths of a millionth of the currency's main unit. */
export type Rate = bigint;

const DECIMALS = 12;

/** What is charged for, as numbers. */
export type Rates = { readonly [Name in keyof Prices]-?: Rate };

/** A plan as it is reckoned with. */
export interface PriceList {
  /** Name of the plan. */
  readonly plan: string;
  readonly currency: string;
  readonly stopped: StoppedRule;
  /** By the time that they count from, in order. */
  readonly versions: readonly { readonly from: number; readonly rates: Rates }[];
}

/**
 * Reads the prices of a plan, once for all that is priced by it.
 *
 * @example const prices = readPlan("campus", plan);
 */
export function readPlan(name: string, { currency, stopped, versions }: Plan): PriceList {
  return {
    plan: name,
    currency,
    stopped,
    versions: versions.map(({ from, prices }) => ({
      from: parseInstant(from, "beginning"),
      rates: {
        coreHour: parseRate(prices.coreHour),
        memoryGiBHour: parseRate(prices.memoryGiBHour),
        storageGiBHour: parseRate(prices.storageGiBHour),
        trafficGiB: parseRate(prices.trafficGiB),
      },
    })),
  };
}

function parseRate(text = "0"): Rate {
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole + fraction.padEnd(DECIMALS, "0"));
}

/** A stretch of time with the prices that count in it. */
export interface PricedSpan {
  readonly from: number;
  readonly to: number;
  readonly rates: Rates;
}

/**
 * A stretch of time, cut where other prices begin.
 *
 * @throws CoppiceError `plan.unknown` where there are no prices yet
 */
export function pricedSpans({ plan, versions }: PriceList, from: number, to: number): PricedSpan[] {
  const first = versions[0]?.from ?? Number.POSITIVE_INFINITY;
  if (from < first && from < to) throw tooEarly(plan, from);
  return versions.flatMap(({ from: begin, rates }, index) => {
    const end = versions[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const span = { from: Math.max(from, begin), to: Math.min(to, end), rates };
    return span.from < span.to ? [span] : [];
  });
}

/** The prices that count at a time. */
export function ratesAt({ plan, versions }: PriceList, at: number): Rates {
  const version = versions.findLast(({ from }) => from <= at);
  if (version === undefined) throw tooEarly(plan, at);
  return version.rates;
}

function tooEarly(plan: string, at: number): CoppiceError {
  return new CoppiceError("plan.unknown", {
    what: `Plan "${plan}" has no prices for ${new Date(at).toISOString()}`,
    why: "its first version begins later",
    wayOut: "Add a version that begins at that time or before",
  });
}
