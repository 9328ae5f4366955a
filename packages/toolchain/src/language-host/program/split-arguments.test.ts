import { describe, expect, test } from "vitest";
import { splitArguments } from "./split-arguments.js";

describe("splitting nodeargs", () => {
  test.each([
    ["", []],
    ["  --a   --b=1 ", ["--a", "--b=1"]],
    ["--import './my hooks.mjs'", ["--import", "./my hooks.mjs"]],
    ['--title="two words" x', ["--title=two words", "x"]],
    ["one\\ word", ["one word"]],
    [`"it's" 'say "hi"' "a \\"b\\""`, ["it's", 'say "hi"', 'a "b"']],
    ["''", [""]],
    ["$(reboot) `id` ;", ["$(reboot)", "`id`", ";"]],
  ])("takes %j as a shell would, but runs nothing", (line, words) => {
    expect(splitArguments(line)).toEqual(words);
  });

  test("refuses an open quote", () => {
    expect(() => splitArguments('--title="two')).toThrow("open quote");
  });
});
