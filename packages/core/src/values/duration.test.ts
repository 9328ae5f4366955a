import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DurationText, formatDuration, parseDuration } from "./duration.ts";

describe("durations", () => {
  test("every countable duration survives writing and reading", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });

  test.each([
    ["15m", 900_000],
    ["1.5h", 5_400_000],
    ["0.25s", 250],
    ["7d", 604_800_000],
    ["20ms", 20],
    ["0ms", 0],
  ] as const)("reads %s exactly", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test("writes the largest unit that divides the duration", () => {
    expect([5_400_000, 86_400_000, 1_001].map(formatDuration)).toEqual(["90m", "1d", "1001ms"]);
  });

  test.each([
    ["15min", 'the unit "min" is unknown'],
    ["15M", 'did you mean "m"?'],
    ["0.5ms", "not a whole number of milliseconds"],
    ["", "not a plain number"],
    ["PT15M", "not a plain number"],
  ])("refuses %j and says why", (text, why) => {
    expect(() => parseDuration(text)).toThrow(why);
  });

  test("a wrong unit in a DurationText is a compile error", () => {
    // @ts-expect-error weeks are not one of the units
    const wrong: DurationText = "2w";
    expect(() => parseDuration(wrong)).toThrow("known are ms, s, m, h, d");
  });
});
