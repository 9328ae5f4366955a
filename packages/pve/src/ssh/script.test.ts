import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { inputOf } from "./script.ts";

describe("a shell script that is sent to a node", () => {
  const input = inputOf({ script: 'echo "$1"\necho two', args: ["it's"] });
  const run = (text: string) => spawnSync("sh", ["-s"], { input: text, encoding: "utf8" }).stdout;

  test("runs as a whole", () => expect(run(input)).toBe("it's\ntwo\n"));

  test("does nothing when the connection breaks before all of it has come", () => {
    const cuts = Array.from({ length: input.lastIndexOf("}") }, (_, at) => input.slice(0, at));
    expect(cuts.filter((text) => run(text) !== "")).toEqual([]);
  });
});
