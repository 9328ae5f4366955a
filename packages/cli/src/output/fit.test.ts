import { expect, test } from "vitest";
import { fit, wrap } from "./fit.ts";

test("what fits stands beside its head, and what does not below it, broken between words", () => {
  const place = { columns: 30, indent: 4 };
  expect(fit("ok  Go ", "1.24", place)).toEqual(["ok  Go   1.24"]);
  expect(fit("ok  Go ", "", place)).toEqual(["ok  Go"]);
  expect(fit("ok  Go ", "built here from its Go modules", place)).toEqual([
    "ok  Go",
    "    built here from its Go",
    "    modules",
  ]);
});

test("where there is no terminal nothing is wrapped", () => {
  expect(fit("ok", "x".repeat(300), { columns: undefined, indent: 4 })).toHaveLength(1);
});

test.each([
  ["/usr/lib/node_modules/.bin/x", ["/usr/lib/", "node_modules/", ".bin/x"]],
  [`see ${"x".repeat(20)}`, ["see", "x".repeat(14), "x".repeat(6)]],
])("a word longer than a line is broken too: %s", (text, lines) => {
  expect(wrap(text, 14)).toEqual(lines);
});
