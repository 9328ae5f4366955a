import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { MemoryWatch } from "./memory-watch.ts";

/** How a process ends that says something in two pieces and then does something; and whether its memory gave out. */
async function ended(before: string, after: string, then: string) {
  const script = `printf '%s' "$0" >&2; read -r _; printf '%s\n' "$1" >&2; ${then}`;
  const child = spawn("sh", ["-c", script, before, after], { stdio: ["pipe", "ignore", "pipe"] });
  const watch = new MemoryWatch(child);
  child.stderr.once("data", () => child.stdin.end("go on\n"));
  await once(child, "close");
  return [child.exitCode, child.signalCode, watch.isOut];
}

test("a process whose memory gave out is ended, though it waits for ever", async () => {
  const [before, after] = ["FATAL ERROR: Allocation failed - JavaScript heap out", " of memory"];
  expect(await ended(before, after, "exec sleep 1000")).toEqual([null, "SIGKILL", true]);
});

test("one that says something else is left alone", async () => {
  expect(await ended("a warning about", " memory", "exit 3")).toEqual([3, null, false]);
});
