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

test.each([undefined, 0])("where a terminal's width is %s nothing is wrapped", (columns) => {
  expect(fit("ok", "x".repeat(300), { columns, indent: 4 })).toHaveLength(1);
});

test("a terminal that is narrower than the indent gets lines all the same", () => {
  expect(fit("ok", "x".repeat(25), { columns: 3, indent: 4 })).toEqual([
    "ok",
    "    xxxxxxxxxx",
    "    xxxxxxxxxx",
    "    xxxxx",
  ]);
});

test.each([
  ["/usr/lib/node_modules/.bin/x", ["/usr/lib/", "node_modules/", ".bin/x"]],
  [`see ${"x".repeat(20)}`, ["see", "x".repeat(14), "x".repeat(6)]],
])("a word longer than a line is broken too: %s", (text, lines) => {
  expect(wrap(text, 14)).toEqual(lines);
});
