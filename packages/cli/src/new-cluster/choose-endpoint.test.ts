import { expect, test } from "vitest";
import { endpointOf } from "./choose-endpoint.ts";

test.each([
  ["pve1.example.org", "https://pve1.example.org:8006"],
  ["192.0.2.1:443", "https://192.0.2.1:443"],
  ["https://pve1:8006/", "https://pve1:8006"],
  ["https://[2001:db8::1]", "https://[2001:db8::1]:8006"],
  ["http://pve1", "http://pve1:8006"],
])("%s means %s", (typed, whole) => {
  expect(endpointOf(typed)).toBe(whole);
});
