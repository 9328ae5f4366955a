import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { assertProject } from "./assert-project.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-no-project-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [["up"]],
  [["up", "--yes"]],
  [["-C", "lab", "preview"]],
  [["-v", "3", "--color", "never", "up"]],
  [["config", "set", "coppice:clusters", "{}"]],
])("%j is refused outside of a project, with our own way out", (args) => {
  expect(() => assertProject(args, folder, "bin/coppice")).toThrow(
    /nor a folder above it has a Pulumi\.yaml\.\n.*: bin\/coppice new lab-class my-class$/,
  );
});

test.each([
  [[]],
  [["version"]],
  [["login", "--local"]],
  [["up", "--help"]],
  [["up", "https://example.org/template"]],
  [["destroy", "--stack", "dev"]],
  [["stack", "ls"]],
])("%j is left to the engine", (args) => {
  expect(() => assertProject(args, folder, "bin/coppice")).not.toThrow();
});

test("in a project nothing is refused", () => {
  writeFileSync(join(folder, "Pulumi.yaml"), "name: lab\n");
  expect(() => assertProject(["up"], join(folder, "sub"), "coppice")).not.toThrow();
  rmSync(join(folder, "Pulumi.yaml"));
});
