import { expect, test } from "vitest";
import { engineWords } from "./engine-words.ts";

test("sentences of several lines belong to the severity that they begin with", () => {
  const said =
    "warning: using x from $PATH\nerror: the stack is locked by 1 lock(s)\n  file: created by a\nerror: b\n";
  expect(engineWords(said)).toEqual({
    warnings: ["using x from $PATH"],
    errors: ["the stack is locked by 1 lock(s)\n  file: created by a", "b"],
  });
  expect(engineWords("")).toEqual({ warnings: [], errors: [] });
});
