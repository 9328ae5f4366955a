import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const command = fileURLToPath(new URL("../../packages/cli/bin/coppice.js", import.meta.url));
let folder: string;

/** A stand-in for the engine that shows what reaches it. */
const engine = `#!/bin/sh
case "$1" in
  version) echo v3.260.0 ;;
  fail) exit 42 ;;
  wait) trap 'echo interrupted; exit 9' INT; echo "pid $$"; while :; do sleep 0.05; done ;;
  *) read -r line; for argument; do echo "[$argument]"; done; echo "stdin: $line"; echo "node: $(node --version)" ;;
esac
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "coppice-command-"));
  writeFileSync(join(folder, "pulumi"), engine, { mode: 0o755 });
  writeFileSync(join(folder, "pulumi-language-nodejs"), "", { mode: 0o755 });
  writeFileSync(join(folder, "Pulumi.yaml"), "name: lab\nruntime: nodejs\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(args: string[], node = process.execPath): ChildProcess {
  const env = { ...process.env, PATH: `${folder}:${process.env["PATH"]}` };
  return spawn(node, [command, ...args], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
}

async function readAll(stream: Readable | null): Promise<string> {
  return stream ? await text(stream) : "";
}

async function run(args: string[], { input = "", node = process.execPath } = {}) {
  const child = start(args, node);
  child.stdin?.end(input);
  const [stdout, stderr] = await Promise.all([readAll(child.stdout), readAll(child.stderr)]);
  if (child.exitCode === null) await once(child, "close");
  return { code: child.exitCode, stdout, stderr };
}

test.runIf(existsSync("/dev/full"))(
  "output that cannot be written is told in one line, and is no success",
  async () => {
    const disk = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [command, "completion", "bash"], {
      cwd: folder,
      stdio: ["ignore", disk, "pipe"],
    });
    const said = await readAll(child.stderr);
    closeSync(disk);
    if (child.exitCode === null) await once(child, "close");
    expect([child.exitCode, said]).toEqual([
      1,
      "coppice: The output cannot be used: the disk is full. Free some space, and run the command again [ENOSPC]\n",
    ]);
  },
);

function majorOf(node: string): number {
  return Number(/\d+/.exec(execFileSync(node, ["--version"], { encoding: "utf8" }))?.[0]);
}

describe("coppice pulumi", () => {
  test("passes on arguments, even those that look like its own, and stdin", async () => {
    const args = ["pulumi", "up", "--help", "--", "-y", "a b", "$(id)"];
    const { code, stdout, stderr } = await run(args, { input: "yes\n" });
    expect(stdout.split("\n").slice(0, 7)).toEqual([
      "[up]",
      "[--help]",
      "[--]",
      "[-y]",
      "[a b]",
      "[$(id)]",
      "stdin: yes",
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("outside of a project says how to make one, before an engine is started", async () => {
    const { code, stdout, stderr } = await run(["pulumi", "up", "-C", ".."]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/no project for `pulumi up`.*\n.*coppice(?:\.js)? new lab-class my-class\n$/);
    expect(stderr).not.toContain("pulumi new");
  });

  test("gives the engine's own exit code", async () => {
    expect((await run(["pulumi", "fail"])).code).toBe(42);
  });

  test("tells what the system refuses in one sentence, as every command does", async () => {
    const typed = `mkdir gone && cd gone && rmdir ../gone && exec '${process.execPath}' '${command}' pulumi up`;
    const child = spawn("sh", ["-c", typed], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    expect(await readAll(child.stderr)).toBe(
      "coppice: the current folder cannot be used: it was removed. Change to another one [ENOENT]\n",
    );
  });

  test("hands a Ctrl-C to the engine and ends with its exit code", async () => {
    const child = start(["pulumi", "wait"]);
    const output = readAll(child.stdout);
    if (child.stdout) await once(child.stdout, "data");
    child.kill("SIGINT");
    await once(child, "close");
    expect(child.exitCode).toBe(9);
    expect(await output).toMatch(/interrupted\n$/);
  });

  test("runs on a Node older than 24 by handing over to a newer one", async ({ skip }) => {
    const old = "/usr/bin/node";
    if (!existsSync(old)) skip("the system has no Node of its own");
    if (majorOf(old) >= 24) skip("the system's Node is not older than 24");
    const { code, stdout } = await run(["pulumi", "up"], { input: "\n", node: old });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^node: v(2[4-9]|[3-9]\d)\./m);
  });
});

describe("coppice", () => {
  test("refuses an unknown command with exit code 1 and says how to list them", async () => {
    const { code, stderr } = await run(["nonsense"]);
    expect(code).toBe(1);
    expect(stderr).toContain("unknown command 'nonsense'\n(coppice --help lists the commands)");
  });

  test("lists its commands, with exit code 0", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}doctor .*^ {2}pulumi /ms);
  });
});
