import { expect, test } from "vitest";
import { isSameEndpoint } from "./is-same-endpoint.ts";

test.each([
  ["https://pve1.example.org:8006", "https://PVE1.example.org:8006/", true],
  ["https://pve1.example.org:8006", "https://pve1.example.org:8007", false],
  ["https://pve1.example.org:8006", "https://pve2.example.org:8006", false],
  [undefined, undefined, false],
])("%s and %s", (one, other, expected) => {
  expect(isSameEndpoint(one, other)).toBe(expected);
});
