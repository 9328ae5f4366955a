import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFileLock } from "./file-lock.js";

const holder = fileURLToPath(new URL("../fixtures/hold-lock-process.ts", import.meta.url));
let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-lock-"));
  lock = join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

async function holdInOtherProcess() {
  const child = spawn(process.execPath, [holder, lock], { stdio: ["pipe", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

test("the lock is there during the work, names its process, and is gone afterwards, also after a failure", async () => {
  await withFileLock(lock, async () => expect(readFileSync(lock, "utf8")).toContain(`"pid":${process.pid},`));
  expect(existsSync(lock)).toBe(false);
  const failing = withFileLock(lock, () => Promise.reject(new Error("work failed")));
  await expect(failing).rejects.toThrow("work failed");
  expect(existsSync(lock)).toBe(false);
});

test("a process waits for the one that holds the lock, and is told which it is", async () => {
  const child = await holdInOtherProcess();
  let waitedFor: number | undefined;
  const onWait = async (pid: number | undefined, wait: () => Promise<void>) => {
    waitedFor = pid;
    child.stdin.end();
    await wait();
    order.push("waited");
  };
  const order: string[] = [];
  const ended = once(child, "exit").then(() => order.push("released"));
  await withFileLock(lock, async () => order.push("taken"), onWait);
  await ended;
  expect(waitedFor).toBe(child.pid);
  expect(order.filter((step) => step !== "released")).toEqual(["waited", "taken"]);
});

test("the lock of a killed process is taken over", async () => {
  const child = await holdInOtherProcess();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(existsSync(lock)).toBe(true);
  expect(await withFileLock(lock, async () => "done")).toBe("done");
});

test("a living process with the number of a former owner does not keep the lock", async () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, started: "1", host: hostname() }));
  expect(await withFileLock(lock, async () => "done")).toBe("done");
});

test("a lock that was never written to the end is taken over once it is old", async () => {
  writeFileSync(lock, "");
  const old = new Date(Date.now() - 60_000);
  utimesSync(lock, old, old);
  expect(await withFileLock(lock, async () => "done")).toBe("done");
});

test("many at once after a stale lock still run one at a time", async () => {
  writeFileSync(lock, JSON.stringify({ pid: process.pid, started: "1", host: hostname() }));
  let inside = 0;
  const work = async () => {
    inside += 1;
    expect(inside).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all(Array.from({ length: 5 }, () => withFileLock(lock, work)));
});
