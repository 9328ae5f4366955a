import { formatQuantity, parseQuantity, type UnitFamily } from "./quantity.ts";

/** Units of time. A day is 24 hours. */
export type DurationUnit = "ms" | "s" | "m" | "h" | "d";

/** A duration as people write it, checked by the compiler: `"15m"`, `"1.5h"`. */
export type DurationText = `${number}${DurationUnit}`;

const durations: UnitFamily<DurationUnit> = {
  noun: "duration",
  base: "millisecond",
  example: "15m",
  units: new Map([
    ["ms", 1],
    ["s", 1_000],
    ["m", 60_000],
    ["h", 3_600_000],
    ["d", 86_400_000],
  ]),
};

/** The units that a duration can have. */
export const durationUnits: readonly string[] = [...durations.units.keys()];

/**
 * Reads a duration as milliseconds, exactly.
 *
 * @example parseDuration("15m") // 900000
 */
export function parseDuration(text: string): number {
  return parseQuantity(text, durations);
}

/**
 * Writes milliseconds so that {@link parseDuration} gives the same number back.
 *
 * @example formatDuration(5_400_000) // "90m"
 */
export function formatDuration(ms: number): DurationText {
  return formatQuantity(ms, durations);
}
