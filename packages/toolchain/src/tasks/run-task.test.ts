import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { downloadServer } from "../fixtures/download-server.ts";
import { type FakeMachine, fakeMachine, fakePulumi, realTar } from "../fixtures/fake-machine.ts";
import { runTask } from "./run-task.js";

/** A checkout with one package, where npm and tsc "work", on a machine with an engine and the system tools. */
function checkout(machine: FakeMachine, { tools = true } = {}): string {
  const root = join(machine.folder, "checkout");
  mkdirSync(join(root, "packages", "one", "src"), { recursive: true });
  mkdirSync(join(root, "node_modules", "typescript", "bin"), { recursive: true });
  writeFileSync(
    join(root, "package-lock.json"),
    '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }',
  );
  writeFileSync(join(root, "packages", "one", "tsconfig.json"), "{}");
  machine.program("npm", "/bin/cp package-lock.json node_modules/.package-lock.json");
  const compiler = `const fs = require("fs"); fs.mkdirSync("packages/one/dist", { recursive: true });
fs.writeFileSync("packages/one/dist/.tsbuildinfo", "{}");`;
  writeFileSync(join(root, "node_modules", "typescript", "bin", "tsc"), compiler);
  if (tools) for (const name of ["qemu-img", "sshd"]) machine.program(name);
  return root;
}

const called = (machine: FakeMachine) => machine.calls().map((call) => call.split(" ")[0]);

describe("setup", () => {
  test("makes what is missing, says each step in one line, and does nothing the second time", async () => {
    using machine = fakeMachine();
    const root = checkout(machine);
    fakePulumi(machine, "3.260.0");
    expect(await runTask(machine.host(), root, "setup", [])).toBe(0);
    expect(machine.reported).toEqual([
      expect.stringMatching(/^packages: .*because/),
      expect.stringMatching(/^build: .*because/),
      "setup: everything is in place",
    ]);
    const before = called(machine);
    expect(await runTask(machine.host(), root, "setup", [])).toBe(0);
    expect(machine.reported.slice(3)).toEqual(["setup: everything is in place"]);
    expect(new Set(called(machine).slice(before.length))).toEqual(new Set(["pulumi"]));
  });

  test("without the system tools and without root stops before anything else is touched", async () => {
    using machine = fakeMachine();
    const root = checkout(machine, { tools: false });
    fakePulumi(machine, "3.260.0");
    writeFileSync(join(machine.folder, "os-release"), "ID=debian\n");
    const failure = runTask(machine.host({ uid: 1000 }), root, "setup", []);
    await expect(failure).rejects.toThrow("Type: sudo apt-get install -y qemu-utils openssh-server");
    expect(called(machine)).toEqual(["pulumi"]);
    expect(existsSync(join(root, ".coppice"))).toBe(false);
  });

  test("without an engine, a download and a Go stops before anything else is touched", async () => {
    using machine = fakeMachine();
    const root = checkout(machine);
    const failure = runTask(machine.host(), root, "setup", []);
    await expect(failure).rejects.toThrow(/engine cannot be built here: there is no go on PATH.*Go/s);
    expect(machine.calls()).toEqual([]);
    expect(existsSync(join(root, ".coppice"))).toBe(false);
  });

  test("without a Go goes on where the engine can be downloaded", async () => {
    using machine = fakeMachine();
    const root = checkout(machine);
    realTar(machine);
    await using server = await downloadServer();
    expect(await runTask(machine.host({ downloads: server.url }), root, "setup", [])).toBe(0);
    expect(called(machine)).toEqual(["npm"]);
  });
});

describe("a script", () => {
  test("gets its arguments and gives its exit code; build, check and generate need no engine", async () => {
    using machine = fakeMachine();
    const root = checkout(machine, { tools: false });
    mkdirSync(join(root, "generate"));
    writeFileSync(
      join(root, "generate", "generate.ts"),
      `process.exitCode = process.argv[2] === "--quick" ? 3 : 1;`,
    );
    expect(await runTask(machine.host(), root, "generate", ["--quick"])).toBe(3);
    expect(called(machine)).toEqual(["npm"]);
  });

  test("whose file is missing says so", async () => {
    using machine = fakeMachine();
    const root = checkout(machine, { tools: false });
    await expect(runTask(machine.host(), root, "generate", [])).rejects.toThrow(
      "npm run generate has nothing to run: generate/generate.ts does not exist",
    );
  });

  test("that does not exist is refused with the list", async () => {
    using machine = fakeMachine();
    await expect(runTask(machine.host(), machine.folder, "tset", [])).rejects.toThrow(
      "The scripts are: setup, build, check, test, bench, conformance, demo, generate, link.",
    );
  });
});
