import { expect, test } from "vitest";
import { wrapped } from "./wrapped.ts";

test("what fits stays as it is, to the last column", () => {
  expect(wrapped("    seat-03  is made", 20)).toEqual(["    seat-03  is made"]);
  expect(wrapped("", 20)).toEqual([""]);
});

test("what does not fit goes on further in, a long path after a slash", () => {
  expect(wrapped("  seats are made: seat-01–seat-25 as 20001–20025", 20)).toEqual([
    "  seats are made:",
    "    seat-01–seat-25",
    "    as 20001–20025",
  ]);
  expect(wrapped("  /a/path/that/is/longer/than/a/line", 20)).toEqual([
    "  /a/path/that/is/",
    "    longer/than/a/",
    "    line",
  ]);
});
