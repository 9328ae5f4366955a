import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { downloadServer, type Fault } from "../fixtures/download-server.ts";
import { fakeGo, fakeMachine, realTar } from "../fixtures/fake-machine.ts";
import { madeFolder } from "../made/made-folder.js";
import { ENGINE } from "./engine-recipe.js";
import { ensureEngine } from "./ensure-engine.js";

test("the official engine is taken whole, with its own language host, and Go is not asked", async () => {
  using machine = fakeMachine();
  realTar(machine);
  await using server = await downloadServer();
  const host = machine.host({ downloads: server.url });
  const engine = await ensureEngine(host);
  expect(engine.source).toBe("download");
  expect(engine.languageHost).toBe(join(madeFolder(host, ENGINE), "bin", "pulumi-language-nodejs"));
  expect(machine.calls()).toEqual([]);
  expect(readdirSync(madeFolder(host, ENGINE)).sort()).toEqual(["bin", "made.json"]);
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
    using machine = fakeMachine();
    realTar(machine);
    fakeGo(machine);
    await using server = await downloadServer(fault);
    const host = machine.host({ downloads: server.url });
    expect((await ensureEngine(host)).source).toBe("build");
    expect(machine.reported[1]).toContain(reason);
    expect(machine.reported[1]).not.toContain("\n");
    expect(readdirSync(madeFolder(host, ENGINE)).sort()).toEqual([
      "bin",
      expect.stringMatching(/^home-/),
      "made.json",
    ]);
  });
});
