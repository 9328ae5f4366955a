import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newProject } from "../../packages/cli/src/new-project/new-project.ts";
import { root } from "./markdown.ts";

let folder: string;
beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), "coppice-template-")), "my-class");
  const wish = { template: "lab-class", folder, cluster: { sshNode: {}, hostKey: {} } };
  await newProject(wish, { questions: undefined, environment: process.env });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the new project's own check; answers what the compiler printed, nothing when all is well. */
async function check(): Promise<string> {
  const npm = ["run", "--silent", "check"];
  return await new Promise((resolve) =>
    execFile("npm", npm, { cwd: folder }, (_, stdout) => resolve(stdout)),
  );
}

test("a new project's check finds its program right as it stands", async () => {
  expect(await check()).toBe("");
});

test.each([
  ["a misspelt argument", 'hardware: { core: 2, memory: "2GiB" }', "'core' does not exist in type"],
  ["a number without its unit", "hardware: { cores: 2, memory: 2048 }", "Type 'number' is not assignable"],
])("and names %s in it", async (_, wrong, said) => {
  const program = join(folder, "index.ts");
  const right = readFileSync(program, "utf8");
  writeFileSync(program, right.replace('hardware: { cores: 2, memory: "2GiB" }', wrong));
  expect(await check()).toContain(said);
  writeFileSync(program, right);
});
