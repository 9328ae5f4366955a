import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatSize, parseMemoryMiB, parseSize, type SizeText, sizeWords } from "./size.ts";

describe("sizes", () => {
  test("every countable size survives writing and reading", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(parseSize(formatSize(bytes))).toBe(bytes);
      }),
    );
  });

  test("reading is exact arithmetic", () => {
    const units = { KiB: 2n ** 10n, MiB: 2n ** 20n, GiB: 2n ** 30n, TiB: 2n ** 40n };
    const unit = fc.constantFrom("KiB" as const, "MiB" as const, "GiB" as const, "TiB" as const);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8_000 }), unit, (count, name) => {
        expect(BigInt(parseSize(`${count}${name}`))).toBe(BigInt(count) * units[name]);
      }),
    );
    expect(parseSize("1.5KiB")).toBe(1536);
    expect(parseSize("0.0009765625KiB")).toBe(1);
  });

  test("writes the largest unit that divides the size", () => {
    expect(formatSize(4 * 2 ** 30)).toBe("4GiB");
    expect(formatSize(1536 * 2 ** 20)).toBe("1536MiB");
    expect(formatSize(0)).toBe("0KiB");
  });

  test("says a size in three digits where a sentence has it", () => {
    expect([73_142_763_520, 2 ** 30, 1, 12_288, 2 ** 20 - 1, 2 ** 50, 1020 * 2 ** 20].map(sizeWords)).toEqual(
      ["68.1 GiB", "1 GiB", "1 bytes", "12 KiB", "1 MiB", "1024 TiB", "1020 MiB"],
    );
  });

  test.each([
    ["4GB", 'did you mean "GiB"?'],
    ["4gib", 'did you mean "GiB"?'],
    ["4", "not a plain number followed by KiB, MiB, GiB, TiB"],
    ["1e3GiB", "not a plain number"],
    ["-1GiB", "not a plain number"],
    [" 1GiB", "not a plain number"],
    ["1GiB\n", "not a plain number"],
    ["0.1KiB", "not a whole number of bytes"],
    ["9000000000000000TiB", "too large"],
    ["4parsecs", 'the unit "parsecs" is unknown; known'],
  ])("refuses %j and says why", (text, why) => {
    expect(() => parseSize(text)).toThrow(why);
    expect(() => parseSize(text)).toThrow('Write it like "4GiB"');
  });

  test("refuses to write what is not a countable number of bytes", () => {
    for (const bytes of [-1, 0.5, Number.NaN, 2 ** 53])
      expect(() => formatSize(bytes)).toThrow("whole, non-negative");
  });

  test("a wrong unit in a SizeText is a compile error", () => {
    const right: SizeText = "4GiB";
    // @ts-expect-error GB is not one of the units
    const wrong: SizeText = "4GB";
    expect([right, wrong]).toEqual(["4GiB", "4GB"]);
  });
});

describe("memory", () => {
  test("is whole MiB", () => {
    expect(parseMemoryMiB("4GiB")).toBe(4096);
    expect(parseMemoryMiB("1.5GiB")).toBe(1536);
  });

  test.each(["1.5MiB", "512KiB", "0GiB"])("refuses %s", (text) => {
    expect(() => parseMemoryMiB(text)).toThrow("whole MiB");
  });
});
