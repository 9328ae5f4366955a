import ts from "typescript";
import { describe, expect, test } from "vitest";
import { reasonlessAs } from "./reasonless-as.ts";

function places(text: string): string[] {
  const source = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true);
  return reasonlessAs(source).map(({ place }) => place);
}

describe("a type assertion", () => {
  test.each([
    ["on its own line", "const b = a as 1; // the table holds nothing else"],
    ["on the line above", "const z = 0;\n// the table holds nothing else\nconst b = a as 1;"],
    [
      "above a statement of several lines",
      "// the table holds nothing else\nconst b = call(\n  x,\n  a as 1,\n);",
    ],
    ["inside brackets", "const b = (\n  // the table holds nothing else\n  a as 1\n);"],
    ["in a class", "class A {\n  // the table holds nothing else\n  readonly b = a as 1;\n}"],
  ])("is accepted with a reason %s", (_, text) => {
    expect(places(text)).toEqual([]);
  });

  test.each([
    ["const z = 0;\nconst b = a as 1;", ["a.ts:2"]],
    ["const b = [\n  // reason\n  a as 1,\n  x,\n  c as 1,\n];", ["a.ts:5"]],
    ["// reason of another statement\nconst z = 0;\nconst b = a as unknown as 1;", ["a.ts:3", "a.ts:3"]],
    ["const z = 0;\nconst b = <1>a;", ["a.ts:2"]],
    ['const z = "// no comment";\nconst b = a as 1;', ["a.ts:2"]],
  ])("is reported without one: %j", (text, expected) => {
    expect(places(text)).toEqual(expected);
  });

  test("const assertions, renamed imports and satisfies need no reason", () => {
    expect(
      places('import { a as b } from "a";\nconst c = [1] as const;\nconst d = c satisfies object;'),
    ).toEqual([]);
  });
});
