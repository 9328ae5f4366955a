import { expect, test } from "vitest";
import { isAtLeast } from "./versions.js";

test.each([
  ["3.255.0", "3.220.0", true],
  ["v3.220.0", "3.220.0", true],
  ["3.219.99", "3.220.0", false],
  ["3.1000.0", "3.220.0", true],
  ["4.0.0", "3.220.0", true],
  ["go1.26", "1.21.0", true],
  ["1.21", "1.21.0", true],
  ["3.260.0-alpha.1", "3.220.0", true],
  ["", "1.0.0", false],
  ["not a version", "1.0.0", false],
])("%j at least %s: %s", (version, oldest, expected) => {
  expect(isAtLeast(version, oldest)).toBe(expected);
});
