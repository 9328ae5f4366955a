import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nextSteps, typedCommand } from "./next-steps.ts";

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

test("the command is typed by its name only where the shell finds it, which is not in packages of npm", () => {
  const folder = mkdtempSync(join(tmpdir(), "coppice-path-"));
  try {
    writeFileSync(join(folder, "coppice"), "", { mode: 0o755 });
    expect(typedCommand(`/nowhere:${folder}`)).toBe("coppice");
    expect(typedCommand("/nowhere")).toBe("node_modules/.bin/coppice");
    expect(typedCommand("/project/node_modules/.bin")).toBe("node_modules/.bin/coppice");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
