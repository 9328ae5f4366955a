import { formatMoney, type Money } from "@coppice/core";

const UNIT = 1_000_000;
const CENT = 10_000;

/**
 * An amount as people read it: to the cent, or exactly where it is less than one unit.
 *
 * @example moneyWords({ micros: 486_359_999, currency: "EUR" }) // "486.36 EUR"
 */
export function moneyWords(money: Money): string {
  const { micros, currency } = money;
  if (Math.abs(micros) < UNIT) return formatMoney(money);
  return formatMoney({ micros: Math.round(micros / CENT) * CENT, currency });
}
