import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { mendState } from "./mend-state.ts";

let folder: string;
let stacks: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-mend-"));
  stacks = join(folder, ".pulumi", "stacks", "demo");
  await mkdir(stacks, { recursive: true });
  const files = {
    "main.json": "{}",
    "main.json.attrs": "",
    "main.json.bak.attrs": '{"user.cache_control":"","md5":"x"}\n',
    "main.json.gz.attrs": '{"user.cac',
    "main.json.18eb.tmp": "{",
    "mainland.json.attrs": "",
    "other.json.18eb.tmp": "{",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(stacks, name), text);
});
afterEach(() => rm(folder, { recursive: true }));

const mend = async (isHeld: boolean): Promise<string[]> => {
  const home = { folder, backend: pathToFileURL(folder).href };
  await mendState(home, { project: "demo", stack: "main" }, isHeld);
  return (await readdir(stacks)).sort();
};
const whole = ["main.json", "main.json.bak.attrs", "mainland.json.attrs", "other.json.18eb.tmp"];

test("attributes that were cut off go, and those of others and whole ones stay", async () => {
  expect(await mend(false)).toEqual([...whole, "main.json.18eb.tmp"].sort());
});

test("drafts of the state go where nobody else writes one", async () => {
  expect(await mend(true)).toEqual(whole.sort());
});

test("a stack that is not there yet, and one whose state lies elsewhere, need nothing", async () => {
  await rm(folder, { recursive: true });
  await mkdir(folder);
  const name = { project: "demo", stack: "main" };
  await mendState({ folder, backend: pathToFileURL(folder).href }, name, true);
  await mendState({ folder, backend: "s3://elsewhere" }, name, true);
  expect(await readdir(folder)).toEqual([]);
});
