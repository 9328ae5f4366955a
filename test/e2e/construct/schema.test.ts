import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PulumiProject } from "@coppice/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";

const path = (below: string) => fileURLToPath(new URL(`../../../packages/plugin/${below}`, import.meta.url));
const generated = path("generated/schema.json");
let project: PulumiProject;

beforeAll(async () => {
  project = await PulumiProject.create({ example: "lab-class" });
});
afterAll(() => project.remove());

test("the engine finds nothing wrong with the plugin's schema", async () => {
  const { code, stdout, stderr } = await project.run("schema", "check", generated);
  expect([code, stdout, stderr]).toEqual([0, "", ""]);
});

test("the engine gets it from the plugin, with the plugin's version, and knows every key of it", async () => {
  const { stdout } = await project.run("package", "get-schema", path("bin/pulumi-resource-coppice.js"));
  const { version } = read(readFileSync(path("package.json"), "utf8"));
  expect(read(stdout)).toEqual({ ...read(readFileSync(generated, "utf8")), version });
});

/** An object as the engine writes it, without empty lists. */
function read(text: string): Record<string, unknown> {
  const reviver = (_: string, value: unknown) =>
    Array.isArray(value) && value.length === 0 ? undefined : value;
  return JSON.parse(text, reviver) as Record<string, unknown>; // objects all three
}
