import { CoppiceError } from "../errors/coppice-error.ts";
import { divideHalfEven } from "./divide-half-even.ts";
import { type Money, moneyOf } from "./money.ts";

/** The sum of two amounts of the same currency. */
export function addMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return moneyOf(left.micros + right.micros, left.currency);
}

/** What is left of `left` after taking `right` away; may be negative. */
export function subtractMoney(left: Money, right: Money): Money {
  assertSameCurrency(left, right);
  return moneyOf(left.micros - right.micros, left.currency);
}

/** Negative, zero or positive, as `left` is less than, equal to or more than `right`. */
export function compareMoney(left: Money, right: Money): number {
  assertSameCurrency(left, right);
  return left.micros - right.micros;
}

/**
 * An amount times a fraction of whole numbers, rounded once to the nearest micro-unit, ties to even.
 *
 * @example multiplyMoney(pricePerHour, usedSeconds, 3600)
 */
export function multiplyMoney(money: Money, numerator: number, denominator = 1): Money {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || denominator <= 0) {
    throw new CoppiceError("money.overflow", {
      what: `An amount of ${money.currency} cannot be multiplied by ${numerator}/${denominator}`,
      why: "the factor is not a fraction of whole numbers with a positive denominator",
    });
  }
  const product = BigInt(money.micros) * BigInt(numerator);
  return moneyOf(Number(divideHalfEven(product, BigInt(denominator))), money.currency);
}

function assertSameCurrency(left: Money, right: Money): void {
  if (left.currency === right.currency) return;
  throw new CoppiceError("money.currency-mismatch", {
    what: `Amounts of ${left.currency} and ${right.currency} cannot be put together`,
    why: "there is no exchange rate here",
  });
}
