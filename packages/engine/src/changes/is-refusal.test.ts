import type { ErrorCode } from "@coppice/core";
import { expect, test } from "vitest";
import { isRefusal } from "./is-refusal.ts";

test.each<[ErrorCode, boolean]>([
  ["generation.no-source", true],
  ["pool.space", true],
  ["pool.no-node", true],
  ["engine.description", true],
  ["secret.unavailable", true],
  ["pool.unreadable", false],
  ["pve.connection", false],
  ["pve.timeout", false],
  ["engine.ended", false],
  ["provider.unexpected", false],
])("%s is a refusal: %s", (code, expected) => {
  expect(isRefusal({ code, message: "" })).toBe(expected);
});

test("what has no code is nothing that anybody decided", () => {
  expect(isRefusal({ message: "out of memory" })).toBe(false);
});
