import { type Amounts, noAmounts } from "../amounts/amounts.ts";
import { CoppiceError } from "../errors/coppice-error.ts";
import { type Money, moneyOf } from "../money/money.ts";
import { addMoney, subtractMoney } from "../money/money-arithmetic.ts";
import { chargeOf } from "./charge.ts";
import type { PriceList } from "./price-list.ts";

const HOUR = 3_600_000;

/** A month of a forecast has thirty days, whenever it begins. */
export const forecastMonth = 30 * 24 * HOUR;

/** What is to be priced. */
export interface ForecastQuestion {
  readonly prices: PriceList;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** What there will be. */
  readonly demand: Amounts;
  /** What there is. */
  readonly before?: Amounts;
  /** When it ends, in milliseconds since 1970. */
  readonly expires?: number;
}

/** What something will cost, in the prices that are known now. */
export interface Forecast {
  /** An hour in which everything runs. */
  readonly hour: Money;
  /** An hour in which nothing runs. */
  readonly stoppedHour: Money;
  /** Thirty days in which everything runs. */
  readonly month: Money;
  /** All until it ends, if that is said. */
  readonly untilExpiry?: Money;
  /** How much a month costs more than what there is now; below zero where it costs less. */
  readonly moreAMonth: Money;
}

/**
 * What something will cost if all of it runs all the time; a traffic that nobody knows costs nothing.
 *
 * @example forecast({ prices: readPlan("campus", plan), now: clock.now(), demand: classDemand(contents) }).month
 * @throws CoppiceError `plan.unknown`, `money.overflow`
 */
export function forecast({ prices, now, demand, before, expires }: ForecastQuestion): Forecast {
  const cost = (length: number, amounts = demand, running = true) =>
    chargeOf(prices, { phases: [{ from: now, to: now + length, amounts, running }] });
  const month = cost(forecastMonth);
  return {
    hour: cost(HOUR),
    stoppedHour: cost(HOUR, demand, false),
    month,
    ...(expires !== undefined && { untilExpiry: cost(Math.max(expires - now, 0)) }),
    moreAMonth: subtractMoney(month, cost(forecastMonth, before ?? noAmounts)),
  };
}

/**
 * What several things will cost together. Until the end of all can only be said where every one of them has one.
 *
 * @throws CoppiceError `plan.currency`, `money.overflow`
 */
export function addForecasts(first: Forecast, ...others: readonly Forecast[]): Forecast {
  const all = [first, ...others];
  const currencies = new Set(all.map(({ hour }) => hour.currency));
  if (currencies.size > 1) throw mixed([...currencies]);
  const sum = (of: (each: Forecast) => Money) =>
    all.map(of).reduce(addMoney, moneyOf(0, first.hour.currency));
  const ends = all.flatMap(({ untilExpiry }) => untilExpiry ?? []);
  return {
    hour: sum(({ hour }) => hour),
    stoppedHour: sum(({ stoppedHour }) => stoppedHour),
    month: sum(({ month }) => month),
    ...(ends.length === all.length && { untilExpiry: ends.reduce(addMoney) }),
    moreAMonth: sum(({ moreAMonth }) => moreAMonth),
  };
}

function mixed(currencies: readonly string[]): CoppiceError {
  return new CoppiceError("plan.currency", {
    what: `Costs in ${currencies.join(" and ")} cannot be added`,
    why: "there is no exchange rate here",
    wayOut: "Give the plans the same currency, or look at what belongs to each by itself",
  });
}
