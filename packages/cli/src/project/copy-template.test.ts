import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyTemplate } from "./copy-template.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-new-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a template becomes a project with the folder's name, and no placeholder is left", async () => {
  const target = join(folder, "My Class");
  expect(await copyTemplate("lab-class", target)).toEqual({ name: "my-class" });
  for (const file of ["Pulumi.yaml", "package.json", "README.md"]) {
    const text = await readFile(join(target, file), "utf8");
    expect(text).toContain("my-class");
    expect(text).not.toContain("$" + "{");
  }
});

test("a folder that holds anything is refused and left as it is", async () => {
  await writeFile(join(folder, "mine"), "");
  await expect(copyTemplate("lab-class", folder)).rejects.toThrow(/not empty\. Name another folder/);
});

test("an unknown template is refused with those that exist", async () => {
  await expect(copyTemplate("lap-class", join(folder, "x"))).rejects.toThrow("Choose one of: lab-class");
});
