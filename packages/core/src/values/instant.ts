import { CoppiceError } from "../errors/coppice-error.ts";

const MONTHS = "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)";
const FEBRUARY = "02-(?:0[1-9]|1\\d|2[0-8])";
const LEAP_YEARS = "(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
const DAY = `(?:\\d{4}-(?:${MONTHS}|${FEBRUARY})|${LEAP_YEARS}-02-29)`;
const HOUR = "(?:[01]\\d|2[0-3]):[0-5]\\d";

/** A day of the calendar, or a time of it in a time zone; as ISO 8601 writes both. */
export const instantPattern = {
  form: new RegExp(`^${DAY}(?:T${HOUR}(?::[0-5]\\d)?(?:Z|[+-]${HOUR}))?$`),
  outside: "not a day or a time",
  wayOut: 'write it like "2027-02-28" or "2027-02-28T18:00+01:00"',
};

const DAY_MS = 86_400_000;

/**
 * The time that a text names, in milliseconds since 1970. A day without a time is one of UTC, of which its beginning or its
 * end is taken.
 *
 * @example parseInstant("2027-02-28", "end") // that of "2027-03-01T00:00Z"
 * @throws CoppiceError `unit.invalid`
 */
export function parseInstant(text: string, edge: "beginning" | "end"): number {
  const { form, outside, wayOut } = instantPattern;
  if (!form.test(text)) {
    const what = `${JSON.stringify(text.slice(0, 60))} is ${outside}`;
    throw new CoppiceError("unit.invalid", { what, wayOut: `W${wayOut.slice(1)}` });
  }
  const isDay = !text.includes("T");
  return Date.parse(text) + (isDay && edge === "end" ? DAY_MS : 0);
}
