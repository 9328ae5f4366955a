import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stateOrigin } from "./state-origin.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coppice-origin-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (backend: string) => stateOrigin({ folder, backend });
const files = (name: string) => at(pathToFileURL(join(folder, name)).href);

test("all who begin to use a state at once have one id, which lies beside it, and leave no drafts", async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => files("state")));
  expect(new Set(ids).size).toBe(1);
  expect(ids[0]).toMatch(/^h[0-9a-f]{15}$/);
  expect(await readdir(join(folder, "state", ".coppice"))).toEqual(["origin"]);
  expect((await readFile(join(folder, "state", ".coppice", "origin"), "utf8")).trim()).toBe(ids[0]);
});

test("two states have two ids; one that was moved or put back from a copy keeps its own", async () => {
  const [one, other] = [await files("one"), await files("other")];
  expect(one).not.toBe(other);
  await cp(join(folder, "one"), join(folder, "copy"), { recursive: true });
  await rm(join(folder, "one"), { recursive: true });
  expect(await files("copy")).toBe(one);
});

test("an id that somebody spoilt is refused, and not replaced", async () => {
  await files("state");
  const file = join(folder, "state", ".coppice", "origin");
  await writeFile(file, "mine");
  await expect(files("state")).rejects.toMatchObject({ code: "engine.home" });
  expect(await readFile(file, "utf8")).toBe("mine");
});

test("where state is in no files, those who share it have one id, whatever their passwords", async () => {
  const [ada, grace] = [
    await at("postgres://ada:one@db/state?b=1&password=x&a=2"),
    await at("postgres://grace:two@db/state/?a=2&b=1"),
  ];
  expect(ada).toMatch(/^h[0-9a-f]{15}$/);
  expect(ada).toBe(grace);
  const others = [
    "postgres://db/other",
    "postgres://db2/state",
    "s3://bucket?endpoint=a",
    "s3://bucket?endpoint=b",
  ];
  expect(new Set([ada, ...(await Promise.all(others.map(at)))]).size).toBe(5);
});
