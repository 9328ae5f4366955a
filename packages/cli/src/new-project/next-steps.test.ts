import { expect, test } from "vitest";
import { nextSteps } from "./next-steps.ts";

const steps = (folder: string, hasCluster: boolean) =>
  nextSteps({ name: "lab", folder, hasCluster, command: "coppice" }).filter((line) => line.startsWith("  "));

test("a project that knows its cluster is four lines from its first class", () => {
  expect(steps("lab", true)).toEqual([
    "  cd lab",
    "  npm install",
    "  coppice pulumi stack init dev",
    "  coppice cluster check --storage nas",
    "  coppice pulumi up",
  ]);
});

test("one that does not is told how to name it, and a folder's name survives the shell", () => {
  const lines = steps("it's mine", false);
  expect(lines[0]).toBe(String.raw`  cd 'it'\''s mine'`);
  expect(lines.filter((line) => line.includes("config set"))).toHaveLength(3);
});
