import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { writeFirstState } from "./first-state.ts";

const stack = { project: "demo", stack: "main" };

test("the first state appears whole, once, whoever writes it, and an engine's stays", async () => {
  const folder = await mkdtemp(join(tmpdir(), "coppice-first-"));
  const home = { folder, backend: pathToFileURL(folder).href };
  await Promise.all(Array.from({ length: 5 }, () => writeFirstState(home, stack)));
  const stacks = join(folder, ".pulumi", "stacks", "demo");
  expect(await readdir(stacks)).toEqual(["main.json"]);
  expect(JSON.parse(await readFile(join(stacks, "main.json"), "utf8"))).toMatchObject({ version: 3 });
  expect(await readFile(join(folder, ".pulumi", "meta.yaml"), "utf8")).toBe("version: 1\n");
  await writeFile(join(stacks, "main.json"), "an engine's");
  await writeFirstState(home, stack);
  expect(await readFile(join(stacks, "main.json"), "utf8")).toBe("an engine's");
  await rm(folder, { recursive: true });
});
