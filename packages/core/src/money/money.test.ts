import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatMoney, type Money, moneyOf, parseMoney } from "./money.ts";
import { addMoney, compareMoney, multiplyMoney, subtractMoney } from "./money-arithmetic.ts";

const eur = (micros: number): Money => moneyOf(micros, "EUR");
const micros = fc.integer({ min: -(10 ** 15), max: 10 ** 15 });

describe("money as text", () => {
  test("every amount survives writing and reading", () => {
    fc.assert(
      fc.property(micros, (amount) => {
        const [text = "", currency = ""] = formatMoney(eur(amount)).split(" ");
        expect(parseMoney(text, currency)).toEqual(eur(amount));
      }),
    );
  });

  test("shows two decimals at least and six at most", () => {
    expect(["12", "12.5", "0.000013", "-0.10"].map((text) => formatMoney(parseMoney(text, "EUR")))).toEqual([
      "12.00 EUR",
      "12.50 EUR",
      "0.000013 EUR",
      "-0.10 EUR",
    ]);
  });

  test.each(["", "1,50", "1e3", "0.0000001", "12345678901", "1.", "+1", "1\n"])("refuses %j", (text) => {
    expect(() => parseMoney(text, "EUR")).toThrow('Write it like "12.50"');
  });

  test("refuses what is not a currency or not countable", () => {
    expect(() => parseMoney("1", "eur")).toThrow("three capital letters");
    expect(() => eur(2 ** 53)).toThrow("9007199254.74 EUR cannot be counted: the largest one is");
    expect(() => addMoney(eur(Number.MAX_SAFE_INTEGER), eur(1))).toThrow(
      "9007199254.74 EUR cannot be counted: the largest one is",
    );
  });
});

describe("money arithmetic", () => {
  test("subtracting what was added gives the first amount back", () => {
    fc.assert(
      fc.property(micros, micros, (a, b) => {
        expect(subtractMoney(addMoney(eur(a), eur(b)), eur(b))).toEqual(eur(a));
      }),
    );
  });

  test("a product is off by at most half a micro-unit", () => {
    const denominator = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -1000, max: 1000 }), denominator, (a, n, d) => {
        const error = BigInt(multiplyMoney(eur(a), n, d).micros) * BigInt(d) - BigInt(a) * BigInt(n);
        expect((error < 0n ? -error : error) * 2n <= BigInt(d)).toBe(true);
      }),
    );
  });

  test("ties go to the even neighbour, so that many of them cancel out", () => {
    expect([1, 3, 5, -1, -3].map((amount) => multiplyMoney(eur(amount), 1, 2).micros)).toEqual([
      0, 2, 2, 0, -2,
    ]);
  });

  test("currencies never mix", () => {
    expect(() => addMoney(eur(1), moneyOf(1, "USD"))).toThrow("EUR and USD");
    expect(() => compareMoney(eur(1), moneyOf(1, "USD"))).toThrow("EUR and USD");
    expect(compareMoney(eur(1), eur(2))).toBeLessThan(0);
  });

  test("a factor that is no fraction is refused", () => {
    for (const [n, d] of [
      [0.5, 1],
      [1, 0],
      [1, -1],
    ] as const) {
      expect(() => multiplyMoney(eur(1), n, d)).toThrow("not a fraction");
    }
  });
});
