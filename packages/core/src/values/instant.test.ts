import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantPattern, parseInstant } from "./instant.ts";

const isInstant = (text: string) => instantPattern.form.test(text);
const digits = (number: number, length: number) => String(number).padStart(length, "0");

describe("a day", () => {
  test("is one of the calendar, leap years and all", () => {
    const parts = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.nat({ max: 13 }), fc.nat({ max: 32 }));
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const text = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
        // The Date of JavaScript moves a day that is none into the next month.
        const time = Date.parse(text);
        const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
        expect(isInstant(text)).toBe(isDay);
      }),
      { numRuns: 5000 },
    );
    expect(["2027-02-29", "2028-02-29", "2100-02-29", "2000-02-29"].map(isInstant)).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  test("begins and ends in UTC", () => {
    expect(parseInstant("2027-02-28", "beginning")).toBe(Date.UTC(2027, 1, 28));
    expect(parseInstant("2027-02-28", "end")).toBe(Date.UTC(2027, 2, 1));
  });
});

test("a time has a time zone, and neither beginning nor end", () => {
  const time = Date.UTC(2027, 1, 28, 17);
  for (const edge of ["beginning", "end"] as const) {
    expect(parseInstant("2027-02-28T18:00+01:00", edge)).toBe(time);
    expect(parseInstant("2027-02-28T17:00:00Z", edge)).toBe(time);
  }
});

test.each(["", "soon", "2027-02", "2027-02-28 18:00", "2027-02-28T18:00", "2027-02-28T24:00Z", "28.2.2027"])(
  "%j is neither",
  (text) => {
    expect(() => parseInstant(text, "end")).toThrow('not a day or a time. Write it like "2027-02-28"');
  },
);
