import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readStack } from "./read-stack.ts";

const name = { project: "coppice-tenant", stack: "main" };
const urn = "urn:pulumi:main::coppice-tenant::";
const root = { urn: `${urn}pulumi:pulumi:Stack::coppice-tenant-main` };
const lab = { urn: `${urn}coppice:index:LabClass::lab`, parent: root.urn };
const state = JSON.stringify({ version: 3, checkpoint: { latest: { resources: [root, lab] } } });
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-stack-"));
});
afterEach(() => rm(folder, { recursive: true }));

const read = async () => {
  const home = { folder, backend: `file://${folder}`, variables: {} };
  return await readStack({ home, pulumi: "/nonexistent/pulumi", environment: {} }, name);
};
const write = async (file: string, content: string | Buffer) => {
  await mkdir(dirname(join(folder, ".pulumi", file)), { recursive: true });
  await writeFile(join(folder, ".pulumi", file), content);
};

test("a stack that is not there has nothing", async () => {
  expect(await read()).toEqual({ documents: [], declared: [], isPending: false, clusters: {} });
});

test("what a stack has is read, packed or not", async () => {
  await write("stacks/coppice-tenant/main.json.gz", gzipSync(state));
  expect((await read()).documents).toEqual([
    { kind: "LabClass", name: "lab", seats: {}, parts: [], inputs: {} },
  ]);
  await write("stacks/coppice-tenant/main.json", state);
  expect((await read()).documents).toEqual([
    { kind: "LabClass", name: "lab", seats: {}, parts: [], inputs: {} },
  ]);
});

test.each([
  ["a state that was cut off", "stacks/coppice-tenant/main.json", state.slice(0, 60)],
  ["an empty state", "stacks/coppice-tenant/main.json", ""],
  ["a packed state that was cut off", "stacks/coppice-tenant/main.json.gz", gzipSync(state).subarray(0, 40)],
  ["a history that was cut off", "history/coppice-tenant/main/main-1795705582180938810.history.json", "{"],
])("%s is told by its name, and never taken for nothing", async (_, file, content) => {
  await write(file, content);
  await expect(read()).rejects.toMatchObject({
    code: "engine.state",
    message: expect.stringContaining(join(folder, ".pulumi", file)),
  });
});
