import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountWords } from "./amount-words.ts";
import {
  type Amounts,
  addAmounts,
  amountNames,
  multiplyAmounts,
  noAmounts,
  subtractAmounts,
} from "./amounts.ts";

const GIB = 2 ** 30;
const count = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
const amounts: fc.Arbitrary<Amounts> = fc.record({
  machines: count,
  cores: count,
  memory: count,
  storage: count,
});

describe("amounts", () => {
  test("that were added can be taken away again, in any order", () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (a, b, c) => {
        expect(subtractAmounts(addAmounts(a, b, c), addAmounts(c, b))).toEqual(a);
        expect(addAmounts(a)).toEqual(a);
        expect(addAmounts()).toEqual(noAmounts);
      }),
    );
  });

  test("so many times are as many of them added", () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 20 }), (each, times) => {
        const all = Array.from({ length: times }, () => each);
        expect(subtractAmounts(multiplyAmounts(each, times), addAmounts(...all))).toEqual(noAmounts);
      }),
    );
  });

  test("are counted under the names that they have", () => {
    expect([...amountNames].sort()).toEqual(Object.keys(noAmounts).sort());
  });

  test("are written as people read them", () => {
    const written = { machines: 1, cores: 120, memory: 256 * GIB, storage: 2048 * GIB };
    expect(amountNames.map((name) => amountWords[name].words(written[name]))).toEqual([
      "1 machine",
      "120 cores",
      "256 GiB of memory",
      "2 TiB of storage",
    ]);
    expect(amountWords.memory.figure(-3 * GIB)).toBe("-3 GiB");
    expect(amountWords.memory.figure(6 * GIB + 3 * 2 ** 20)).toBe("6.003 GiB");
    expect(amountWords.storage.figure(3 * 2 ** 20)).toBe("3 MiB");
  });
});
