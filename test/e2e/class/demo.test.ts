import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type CommandResult, RunningCommand } from "@coppice/testkit";
import { describe, expect, test } from "vitest";

const command = fileURLToPath(new URL("../../../packages/cli/bin/coppice.js", import.meta.url));
const compiled = fileURLToPath(new URL("../../../node_modules/.cache/node-compile", import.meta.url));

/** Runs a command in a temporary folder of its own, so that whatever it leaves is seen: nothing. */
async function inOwnFolder(
  [executable = "", ...args]: readonly string[],
  meanwhile: (run: RunningCommand) => Promise<void> = async () => {},
): Promise<CommandResult> {
  const folder = await mkdtemp(join(tmpdir(), "coppice-demo-test-"));
  // Without a place of its own Node would keep what it compiled in the temporary folder.
  const env = { ...process.env, TMPDIR: folder, NODE_COMPILE_CACHE: compiled };
  try {
    const run = new RunningCommand({ executable, args, cwd: folder, env });
    await meanwhile(run);
    const result = await run.finished();
    expect(await readdir(folder)).toEqual([]);
    return result;
  } finally {
    await rm(folder, { recursive: true });
  }
}

// At once, because a demo waits more than it works.
describe.concurrent("coppice demo", { timeout: 300_000 }, () => {
  test("shows a class from nothing to nothing on a terminal of 80 columns and leaves nothing behind", async () => {
    const typed = `stty rows 24 cols 80 && exec '${process.execPath}' '${command}' demo`;
    const { code, stdout } = await inOwnFolder(["script", "-qefc", typed, "/dev/null"]);
    const lines = stripVTControlCharacters(stdout).split(/[\r\n]+/);
    const shown = lines.join("\n");
    expect(code, shown).toBe(0);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(shown).toMatch(/^ {4}seat-25 {2}20025 {2}pve\d {2}12 KiB {3}2 GiB {7}\.\.\/9000\//m);
    expect(shown).toMatch(/^ {4}seat-07 .* \.\.\/9000\/.*\n {4}seat-08 .* \.\.\/20999\//m);
    expect(shown).toContain("│ LabClass networks-101 on main stays as it is");
    expect(shown).toContain("✔ find nothing to do");
    expect(shown).toContain("✔ remove everything");

    // Each change is previewed, with its seats by name, before the first of them is touched.
    const inOrder = [
      "│   25 seats are made: seat-01–seat-25 as 20001–20025 on",
      "created seat-",
      "│ LabClass physics-201 on main is made:",
      "│   machines                          0         25         25                  0",
      "│ Cost by plan campus: ",
      "✔ judge 25 seats",
      "│ LabClass physics-201 on main is refused:",
      "│   machines                          0         26         25         1 too many",
      "✔ refuse a seat too many",
      "│   5 seats are made: seat-26–seat-30",
      "✔ make 5 more",
      "seat-01–seat-06, seat-08–seat-11, seat-13–seat-30",
      "✔ publish generation 2",
      "│     seat-03  20003  pve3",
      "✔ reset one seat",
      "│     seat-01–seat-30 as 20001–20030 on",
      "removed seat-",
    ].map((text) => shown.indexOf(text));
    expect(inOrder).not.toContain(-1);
    expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
  });

  test("ends at a Ctrl-C with everything stopped and removed", async () => {
    const { code, stdout } = await inOwnFolder([process.execPath, command, "demo"], async (run) => {
      await run.said("created seat-");
      run.signal("SIGINT");
    });
    expect(code).toBe(130);
    // Not a terminal, so no colours.
    expect(stdout).not.toContain("\u001b");
  });
});
