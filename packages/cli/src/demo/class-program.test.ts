import { expect, test } from "vitest";
import { addedLines, classProgram } from "./class-program.ts";

test("a further wish changes the line that says it, and adds its own", () => {
  const more = ['reset: { "seat-03": "once" },'];
  expect(addedLines(classProgram({ seats: 25 }), classProgram({ seats: 30, more }))).toEqual([
    "  seats: 30,",
    '  reset: { "seat-03": "once" },',
  ]);
});
