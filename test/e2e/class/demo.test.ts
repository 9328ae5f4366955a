import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RunningCommand } from "@coppice/testkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const command = fileURLToPath(new URL("../../../packages/cli/bin/coppice.js", import.meta.url));

describe("coppice demo", { timeout: 300_000 }, () => {
  // The demo's own, so that whatever it leaves is seen.
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "coppice-demo-test-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const start = () =>
    new RunningCommand({
      executable: process.execPath,
      args: [command, "demo"],
      cwd: folder,
      // Node keeps compiled modules in the temporary folder too, for all programs of the machine.
      env: { ...process.env, TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: "1" },
    });

  test("shows a class from nothing to nothing and leaves nothing behind", async () => {
    const { code, stdout, stderr } = await start().finished();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^ {4}seat-25 {2}20025 {2}pve\d {2}12 KiB {3}2 GiB {7}\.\.\/9000\//m);
    expect(stdout).toMatch(/^ {4}seat-07 .* \.\.\/9000\/.*\n {4}seat-08 .* \.\.\/20999\//m);
    expect(stdout).toContain("ok find nothing to do");
    expect(stdout).toContain("ok remove everything");
    expect(stdout).not.toContain("\u001b");
    expect(await readdir(folder)).toEqual([]);
  });

  test("ends at a Ctrl-C with everything stopped and removed", async () => {
    const run = start();
    await run.said("created seat-");
    run.signal("SIGINT");
    expect((await run.finished()).code).toBe(130);
    expect(await readdir(folder)).toEqual([]);
  });
});
