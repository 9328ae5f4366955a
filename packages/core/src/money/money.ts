import { CoppiceError } from "../errors/coppice-error.ts";

/** Millionths of the currency's main unit, so that a price of 0.000013 an hour is still a whole number. */
const microsPerUnit = 1_000_000;

/** An exact amount of one currency. Amounts of different currencies never mix. */
export interface Money {
  /** Whole millionths of the main unit; negative for a credit. */
  readonly micros: number;
  /** ISO 4217 code, for example `"EUR"`. */
  readonly currency: string;
}

const amountShape = /^(-?)(\d{1,10})(?:\.(\d{1,6}))?$/;
const currencyShape = /^[A-Z]{3}$/;

/**
 * Reads an amount exactly: at most six decimals, no exponent, no separators.
 *
 * @example parseMoney("12.50", "EUR") // { micros: 12_500_000, currency: "EUR" }
 */
export function parseMoney(amount: string, currency: string): Money {
  const match = amountShape.exec(amount);
  if (!match) throw unreadable(amount, currency);
  const [, sign = "", whole = "", fraction = ""] = match;
  const micros = Number(whole) * microsPerUnit + Number(fraction.padEnd(6, "0"));
  return moneyOf(sign ? -micros : micros, currency);
}

/** Makes an amount from whole micro-units, checking both parts. */
export function moneyOf(micros: number, currency: string): Money {
  if (!currencyShape.test(currency)) throw unknownCurrency(currency);
  if (!Number.isSafeInteger(micros)) throw overflow(micros, currency);
  return { micros: micros === 0 ? 0 : micros, currency };
}

/**
 * Writes an amount exactly, with at least two decimals.
 *
 * @example formatMoney(parseMoney("0.000013", "EUR")) // "0.000013 EUR"
 */
export function formatMoney({ micros, currency }: Money): string {
  const size = Math.abs(micros);
  const fraction = String(size % microsPerUnit)
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${micros < 0 ? "-" : ""}${Math.floor(size / microsPerUnit)}.${fraction} ${currency}`;
}

function unreadable(amount: string, currency: string): CoppiceError {
  return new CoppiceError("money.invalid", {
    what: `${JSON.stringify(amount.slice(0, 60))} is not an amount of ${currency}`,
    why: "an amount is up to ten digits with at most six decimals",
    wayOut: 'Write it like "12.50"',
  });
}

function unknownCurrency(currency: string): CoppiceError {
  return new CoppiceError("money.invalid", {
    what: `${JSON.stringify(currency.slice(0, 60))} is not a currency`,
    why: "a currency is a code of three capital letters",
    wayOut: 'Write it like "EUR"',
  });
}

function overflow(micros: number, currency: string): CoppiceError {
  return new CoppiceError("money.overflow", {
    what: `An amount of ${(micros / microsPerUnit).toFixed(2)} ${currency} cannot be counted`,
    why: `the largest one is ${formatMoney({ micros: Number.MAX_SAFE_INTEGER, currency })}`,
    wayOut: "Correct the price, or what is asked for",
  });
}
