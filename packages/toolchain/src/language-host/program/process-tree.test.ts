import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { startProcessTree, stopAllProcessTrees } from "./process-tree.js";

function startShell(script: string) {
  return startProcessTree("sh", ["-c", script], { env: process.env });
}

/** Waits for the end of a process that is not our child, which is no event. */
async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 60; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await delay(50);
  }
  return false;
}

describe("a process tree", () => {
  test("gives back the exit code of its root", async () => {
    await expect(startShell("exit 3").exited).resolves.toBe(3);
  });

  test("that a signal ended has the exit code -1", async () => {
    await expect(startShell("kill -9 $$").exited).resolves.toBe(-1);
  });

  test("that cannot start says so", async () => {
    await expect(startProcessTree("/no/such/program", [], { env: {} }).exited).rejects.toThrow("ENOENT");
  });

  test("is stopped with a grandchild that ignores the interrupt", async () => {
    const tree = startShell("(trap '' INT; while :; do sleep 1; done) & echo $!; wait");
    const [chunk] = await once(tree.stdout, "data");
    await tree.stop();
    await tree.exited;
    expect(await isGone(Number(chunk))).toBe(true);
  });

  test("is stopped together with all others", async () => {
    const trees = ["600", "601"].map((seconds) => startProcessTree("sleep", [seconds], { env: process.env }));
    await stopAllProcessTrees();
    expect(await Promise.all(trees.map((tree) => tree.exited))).toEqual([-1, -1]);
  });

  test("may be stopped after it ended", async () => {
    const tree = startShell("true");
    await tree.exited;
    await expect(tree.stop()).resolves.toBeUndefined();
  });
});
