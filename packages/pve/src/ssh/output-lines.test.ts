import { describe, expect, test } from "vitest";
import { OutputLines } from "./output-lines.ts";

const mark = "coppice-1";

/** What came through, when bytes arrive in pieces of a size. */
function read(text: string, size = text.length): { lines: string[]; output: OutputLines } {
  const lines: string[] = [];
  const output = new OutputLines(mark, (line) => lines.push(line));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) output.push(bytes.subarray(at, at + size));
  return { lines, output };
}

const whole = (text: string, noise = "") => `${noise}\n${mark}\tbegin\t77\n${text}\n${mark}\tend\t0\n`;

describe("the lines of a script", () => {
  test.each([1, 2, 3, 1000])("are the same when they come in pieces of %i bytes", async (size) => {
    const { lines, output } = read(whole("zwölf\n日本語\tx\n", "motd\nhalf"), size);
    expect([lines, await output.group, output.code]).toEqual([["zwölf", "日本語\tx"], 77, 0]);
  });

  test.each([
    ["a\n", ["a"]],
    ["a", ["a"]],
    ["", []],
    ["\n", [""]],
    ["a\n\n\nb\n\n", ["a", "", "", "b", ""]],
  ])("are exactly those of %j", (text, expected) => {
    expect(read(whole(text)).lines).toEqual(expected);
  });

  test("leave out what was written before the script began and after it ended", () => {
    expect(read(`${whole("a\n", "welcome\nto pve1\n")}late\n`).lines).toEqual(["a"]);
  });

  test.each(["1", "0", "-1", "", "x"])("have no process group to kill in %j", (group) => {
    const { output } = read(`\n${mark}\tbegin\t${group}\na\n\n${mark}\tend\t0\n`);
    expect(output.hasBegun).toBe(false);
  });

  test("are no results when the script forges them without its mark", () => {
    const { lines, output } = read(`\n${mark}\tbegin\t77\ncoppice\tend\t0\n x${mark}\tend\t0\n`);
    expect([lines, output.code]).toEqual([["coppice\tend\t0", ` x${mark}\tend\t0`], undefined]);
  });

  test("do not hold one that may still be cut short", () => {
    const { lines, output } = read(`\n${mark}\tbegin\t77\nok\tada\nok\tgra`);
    expect([lines, output.count]).toEqual([["ok\tada"], 1]);
  });
});
