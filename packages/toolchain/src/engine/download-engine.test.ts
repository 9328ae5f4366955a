import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { downloadServer, type Fault } from "../fixtures/download-server.ts";
import { type FakeMachine, fakeGo, fakeMachine } from "../fixtures/fake-machine.ts";
import { findExecutable } from "../process/find-executable.js";
import { engineFolder } from "./engine-cache.js";
import { ensureEngine } from "./ensure-engine.js";

function machineWithTar(): FakeMachine {
  const machine = fakeMachine();
  for (const name of ["tar", "gzip"]) {
    const real = findExecutable(name, process.env["PATH"]);
    if (real) symlinkSync(real, join(machine.bin, name));
  }
  return machine;
}

test("the official engine is taken whole, with its own language host, and Go is not asked", async () => {
  using machine = machineWithTar();
  await using server = await downloadServer();
  const host = machine.host({ downloads: server.url });
  const engine = await ensureEngine(host);
  expect(engine.source).toBe("download");
  expect(engine.languageHost).toBe(join(engineFolder(host), "bin", "pulumi-language-nodejs"));
  expect(machine.calls()).toEqual([]);
  expect(readdirSync(engineFolder(host)).sort()).toEqual(["bin", "made.json"]);
});

describe("a download that does not serve is said in one line, leaves nothing, and the build follows:", () => {
  const cases: [Fault, string][] = [
    ["hang", "no answer within 0.3 s"],
    ["stall", "nothing came for 0.3 s"],
    ["forbidden", "answered 403"],
    ["no-checksum", "no checksum is published for pulumi-v3.255.0-linux-x64.tar.gz"],
    ["wrong-content", "has SHA-256"],
  ];
  test.each(cases)("%s", async (fault, reason) => {
    using machine = machineWithTar();
    fakeGo(machine);
    await using server = await downloadServer(fault);
    const host = machine.host({ downloads: server.url });
    expect((await ensureEngine(host)).source).toBe("build");
    expect(machine.reported[1]).toContain(reason);
    expect(machine.reported[1]).not.toContain("\n");
    expect(readdirSync(engineFolder(host)).sort()).toEqual([
      "bin",
      expect.stringMatching(/^home-/),
      "made.json",
    ]);
  });
});
