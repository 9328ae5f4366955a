import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findWished } from "./find-wished.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-wished-"));
  await mkdir(join(folder, "project"));
  await writeFile(join(folder, "project", "Pulumi.yaml"), "name: lab\nruntime: nodejs\n");
});
afterEach(() => rm(folder, { recursive: true }));

test.each([
  ["project", /no stack of this folder's project is selected .*`coppice pulumi stack select`/],
  [".", /this is no project that configures it.*go into the project's folder/],
])("of a cluster that nobody names is said what is missing in %s", async (name, says) => {
  const environment = { COPPICE_HOME: join(folder, "home"), PULUMI_HOME: join(folder, "pulumi") };
  await expect(findWished({ folder: join(folder, name), environment })).rejects.toThrow(says);
});
