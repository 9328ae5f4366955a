import { execFileSync } from "node:child_process";
import { CoppiceError } from "@coppice/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quoteShell } from "./quote-shell.ts";

/** What a real shell understands of the quoted arguments. */
function throughShell(args: readonly string[]): readonly string[] {
  const script = `printf '%s\\0' ${args.map(quoteShell).join(" ")}`;
  const output = execFileSync("sh", ["-s"], { input: script, encoding: "utf8" });
  return output.split("\0").slice(0, -1);
}

const hostile = [
  "",
  " ",
  "'",
  "''",
  "\\",
  "\\'",
  '"',
  "$(touch /tmp/x)",
  "`id`",
  "$HOME",
  "a\nb",
  "a\r\nb",
  "\t",
  "-n",
  "--",
  "*",
  "~",
  "!",
  "é",
  "日本",
  "\u{1f600}",
  "a'b\"c$d`e\\f;g|h&i>j<k(l)m{n}#o",
];

describe("quoteShell", () => {
  test("hands hostile arguments through a real shell unchanged", () => {
    expect(throughShell(hostile)).toEqual(hostile);
  });

  test("hands any text through a real shell unchanged", () => {
    const character = fc.oneof(
      fc.constantFrom("'", '"', "\\", "$", "`", "\n", " ", "!", "*", ";"),
      fc.string({ unit: "grapheme", maxLength: 1 }),
    );
    const argument = fc
      .array(character, { maxLength: 30 })
      .map((parts) => parts.join("").replaceAll("\0", ""));
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 40 }), (args) => {
        expect(throughShell(args)).toEqual(args);
      }),
      { numRuns: 60 },
    );
  });

  test.each(["a\0b", "\ud800"])("refuses what a shell cannot carry: %j", (argument) => {
    expect(() => quoteShell(argument)).toThrow(CoppiceError);
  });
});
