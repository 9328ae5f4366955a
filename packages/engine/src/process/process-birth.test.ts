import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { isGone, processAge, processBirth } from "./process-birth.ts";

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** A child whose first line is heard. */
async function start(program: string, ...args: string[]): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [said] = (await once(child.stdout, "data")) as [Buffer]; // as documented for the event
  return { child, said: said.toString().trim() };
}

test("a process that runs is there, by its number and by when it began", async () => {
  const birth = processBirth(process.pid);
  expect(birth).toMatch(/^\d+$/);
  expect(isGone(process.pid)).toBe(false);
  expect(isGone(process.pid, birth)).toBe(false);
  const found = processAge(process.pid);
  expect(found?.age).toBeGreaterThan(0);
  expect(found?.age).toBeLessThan(process.uptime() * 1000 + 5000);
});

test("a process that ended is gone, and so is one whose number another one has now", async () => {
  const { child } = await start("sh", "-c", "echo there; exec sleep 1000");
  const pid = child.pid ?? 0;
  expect(isGone(pid)).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isGone(pid)).toBe(true);
  expect(isGone(process.pid, "1")).toBe(true);
});

test("a process that nobody has asked how it ended is gone", async () => {
  // The shell becomes a program that never asks after its child.
  const { child, said } = await start("sh", "-c", "sleep 1000 & echo $!; exec tail -f /dev/null");
  while (processAge(child.pid ?? 0)?.program !== "tail") await nextTurn();
  const pid = Number(said);
  expect(isGone(pid)).toBe(false);
  process.kill(pid, "SIGKILL");
  while (!isGone(pid)) await nextTurn();
  // Its number is still taken.
  expect(() => process.kill(pid, 0)).not.toThrow();
});
