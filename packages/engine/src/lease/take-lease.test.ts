import { fork } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LeaseLab } from "./fixtures/lease-lab.ts";
import { leaseTimes } from "./lease-times.ts";
import { takeLease, watchParts } from "./take-lease.ts";

let lab: LeaseLab;
beforeEach(async () => {
  lab = await LeaseLab.make();
});
afterEach(() => lab.remove());

const program = fileURLToPath(new URL("fixtures/lease-process.ts", import.meta.url));
const runOf = async (...args: string[]) => {
  const child = fork(program, [lab.folder, ...args]);
  await once(child, "exit");
  return child.exitCode ?? child.signalCode;
};
const log = async () => (await readFile(join(lab.folder, "log"), "utf8")).trim().split("\n");

describe("processes of one computer", () => {
  test("have it one at a time, whatever they do at once, each with a higher number", async () => {
    const codes = await Promise.all(Array.from({ length: 12 }, () => runOf("8")));
    expect(new Set(codes)).toEqual(new Set([0]));
    const numbers = Array.from({ length: 96 }, (_, index) => `${index + 1} alone`);
    expect(await log()).toEqual(numbers);
    // The last one's, and nothing beside it.
    expect(await readdir(join(lab.folder, "leases"))).toEqual(["96.json"]);
  });

  test("need not wait for one that was killed while it had it", async () => {
    expect(await Promise.all(Array.from({ length: 6 }, () => runOf("3", "die")))).toEqual(
      Array.from({ length: 6 }, () => "SIGKILL"),
    );
    const started = performance.now();
    const parts = watchParts(join(lab.folder, "leases"));
    const lease = await takeLease(parts, { who: "ada", signal: new AbortController().signal });
    expect(performance.now() - started).toBeLessThan(leaseTimes.lapse / 10);
    expect((await parts.files.newest()).fence).toBe(7);
    expect(await log()).toEqual([1, 2, 3, 4, 5, 6].map((fence) => `${fence} alone`));
    await lease.release();
  });
});
