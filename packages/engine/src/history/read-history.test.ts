import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readHistory } from "./read-history.ts";

const name = { project: "coppice-tenant", stack: "main" };
const documents = { lab: { kind: "LabClass", version: 1, seats: 2 } };
let folder: string;
let history: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-history-"));
  history = join(folder, ".pulumi/history/coppice-tenant/main");
  await mkdir(history, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

const neverAsked = () => Promise.reject(new Error("the engine is not needed"));
const read = () => readHistory({ folder, backend: `file://${folder}` }, name, neverAsked);
const write = (moment: string, content: string | Buffer, end = "json") =>
  writeFile(join(history, `main-${moment}.history.${end}`), content);

test("versions are counted from the oldest, and say who did what when and what was declared", async () => {
  const environment = { "exec.agent": "coppice/ada", "git.author": "grace" };
  const config = { "coppice-tenant:documents": documents, "coppice:clusters": {} };
  await write(
    "1795705582180938810",
    JSON.stringify({
      kind: "update",
      startTime: 1795705581,
      message: "more",
      environment,
      config,
      result: "failed",
    }),
  );
  const first = {
    kind: "refresh",
    startTime: 1795705334,
    environment: { "git.author": "grace" },
    result: "succeeded",
  };
  await write("995705334947502537", JSON.stringify(first));
  await write("995705334947502537", "{}", "json.attrs");
  await writeFile(join(history, "main-1795705582180938810.checkpoint.json"), "{}");
  expect(await read()).toEqual([
    {
      number: 1,
      time: 1795705334_000,
      verb: "refresh",
      result: "succeeded",
      who: "grace",
      message: "",
      documents: undefined,
    },
    {
      number: 2,
      time: 1795705581_000,
      verb: "update",
      result: "failed",
      who: "ada",
      message: "more",
      documents: [{ kind: "LabClass", name: "lab", inputs: { seats: 2 } }],
    },
  ]);
});

test("what cannot be read is a version that says nothing, so that the others keep their numbers", async () => {
  await write("1", '{"kind":"upd');
  await write("2", gzipSync(JSON.stringify({ kind: "destroy", result: "succeeded" })), "json.gz");
  await write("3", JSON.stringify({ config: { "coppice-tenant:documents": { secure: "v1:x" } } }));
  const versions = await read();
  expect(versions.map(({ verb, result }) => `${verb} ${result}`)).toEqual([
    "unknown unknown",
    "destroy succeeded",
    "unknown unknown",
  ]);
  expect(versions.map((version) => version.documents)).toEqual([undefined, undefined, undefined]);
});

test("a stack that never ran has no versions", async () => {
  await rm(history, { recursive: true });
  expect(await read()).toEqual([]);
});

test("other backends are asked through the engine, which tells the newest first", async () => {
  const asked: (readonly string[])[] = [];
  const value = { value: JSON.stringify(documents), objectValue: documents, secret: false };
  const newest = { version: 0, kind: "update", startTime: "2026-11-26T15:06:22.000Z", result: "succeeded" };
  const entries = [
    { ...newest, config: { "coppice-tenant:documents": value } },
    { kind: "refresh", config: { "coppice-tenant:documents": { secret: true } } },
  ];
  const ask = (args: readonly string[]) => {
    asked.push(args);
    return Promise.resolve(JSON.stringify(entries));
  };
  const versions = await readHistory({ folder, backend: "postgres://db" }, name, ask);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.join(" ")).toContain("stack history --json --stack organization/coppice-tenant/main");
  expect(versions.map((version) => [version.number, version.verb, version.documents?.length])).toEqual([
    [1, "refresh", undefined],
    [2, "update", 1],
  ]);
  expect(versions[1]?.time).toBe(Date.parse("2026-11-26T15:06:22Z"));
});
