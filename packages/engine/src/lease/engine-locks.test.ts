import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VirtualClock } from "@coppice/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LockKnowledge } from "./engine-lock.ts";
import { clearEngineLocks } from "./engine-locks.ts";
import { asleep, looks } from "./fixtures/lease-lab.ts";

/** Beyond the largest process id of Linux. */
const NOBODY = 2 ** 22 + 1;
const since = "2026-11-26T15:06:24.311260336Z";
let folder: string;
let clock: VirtualClock;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "coppice-locks-")), "main");
  clock = new VirtualClock(Date.parse(since) + 1000);
});
afterEach(() => rm(join(folder, ".."), { recursive: true }));

/** As engine 3.255 writes them. */
async function lock(name: string, { pid = NOBODY, hostname = "here" } = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  const content = JSON.stringify({ pid, username: "ada", hostname, timestamp: since });
  await writeFile(join(folder, `${name}.json`), content);
  await writeFile(join(folder, `${name}.json.attrs`), "{}");
}
const clear = (known: Partial<LockKnowledge> = {}) =>
  clearEngineLocks(folder, { host: "here", gone: [], clock, signal: new AbortController().signal, ...known });

test("a stack that nobody locked is free", async () => {
  await expect(clear()).resolves.toBeUndefined();
});

test("locks of engines that are known to be dead go, with what lies beside them", async () => {
  await lock("of-this-computer");
  await lock("of-another", { pid: 7, hostname: "there" });
  await clear({ gone: [{ host: "there", pid: 7, birth: "" }] });
  expect(await readdir(folder)).toEqual([]);
});

test("the lock of an engine elsewhere is refused by who, where and when, with the way out, and stays", async () => {
  await lock("theirs", { hostname: "there" });
  await lock("dead");
  const file = join(folder, "theirs.json");
  await expect(clear({ gone: [{ host: "there", pid: NOBODY + 1, birth: "" }] })).rejects.toMatchObject({
    code: "stack.locked",
    sentence: `The stack is locked by another engine: ada on there (process ${NOBODY}) since ${since}. Wait until it is done. If you know that it no longer runs, remove ${file}`,
  });
  expect(await readdir(folder)).toEqual(["theirs.json", "theirs.json.attrs"]);
});

test("a lock that says nothing is refused, and stays", async () => {
  await mkdir(folder);
  await writeFile(join(folder, "odd.json"), "{}");
  await expect(clear()).rejects.toMatchObject({ code: "stack.locked" });
  expect(await readdir(folder)).toEqual(["odd.json"]);
});

test("an engine of this computer is given the time to end, whatever a lease says of it", async () => {
  const engine = spawn("sleep", ["1000"]);
  const ended = once(engine, "exit");
  const pid = engine.pid ?? 0;
  await lock("orphan", { pid });
  const clearing = clear({ gone: [{ host: "here", pid, birth: "" }] });
  await looks(clock, 5);
  await asleep(clock);
  engine.kill("SIGKILL");
  await ended;
  await looks(clock, 1);
  await clearing;
  expect(await readdir(folder)).toEqual([]);
});

test("an engine of this computer that goes on is refused after a while", async () => {
  await lock("living", { pid: process.pid });
  const refused = expect(clear()).rejects.toMatchObject({ why: expect.stringContaining(`${process.pid}`) });
  await looks(clock, 50);
  await refused;
  expect(await readdir(folder)).toHaveLength(2);
});

test("a number that another program has now is no engine's", async () => {
  await lock("old", { pid: process.pid });
  // This process began long after the lock, by whatever clock.
  const age = process.uptime() * 1000;
  await clear({ clock: new VirtualClock(Date.parse(since) + age + 120_000) });
  expect(await readdir(folder)).toEqual([]);
});
