import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { changedVariables, shellLines } from "./environment-report.ts";

test("only what differs is told", () => {
  expect(changedVariables({ A: "1", B: "2", C: "3" }, { A: "1", B: "0" })).toEqual({ B: "2", C: "3" });
});

test("a shell reads each value as it is", () => {
  const value = `it's "$HOME" \\ \`id\``;
  const lines = shellLines({ pulumi: "", variables: { A: value, B: "a b" } });
  const script = `eval "$1"; printf '%s\\n' "$A" "$B"`;
  const printed = execFileSync("sh", ["-c", script, "sh", lines.join("\n")], { encoding: "utf8" });
  expect(printed).toBe(`${value}\na b\n`);
});
