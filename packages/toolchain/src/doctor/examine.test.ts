import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fakeMachine, fakePulumi } from "../fixtures/fake-machine.ts";
import { examine } from "./examine.js";

test("on an empty machine every missing part has one line of advice", async () => {
  using machine = fakeMachine();
  writeFileSync(join(machine.folder, "os-release"), "ID=debian\n");
  const parts = await examine({ cwd: machine.folder, host: machine.host({ uid: 1000 }) });
  const missing = parts.filter((part) => part.state === "missing");
  expect(missing.map((part) => part.name)).toEqual([
    "npm",
    "Go",
    "Pulumi engine",
    "language host",
    "dynamic provider launcher",
    "qemu-img",
    "sshd",
  ]);
  for (const { advice } of missing) expect(advice).toMatch(/^[^\n]+$/);
  expect(parts.find((part) => part.name === "sshd")?.advice).toBe(
    "type: sudo apt-get install -y openssh-server",
  );
});

test("each found part says where, which version and why; Go is not needed where the engine is", async () => {
  using machine = fakeMachine();
  const pulumi = fakePulumi(machine, "3.260.0");
  machine.program("pulumi-resource-pulumi-nodejs");
  machine.program("npm", "echo 11.19.1");
  machine.program("qemu-img", "echo 'qemu-img version 7.2.22 (Debian)'");
  mkdirSync(join(machine.folder, "sbin"));
  const sshd = join(machine.folder, "sbin", "sshd");
  writeFileSync(sshd, "#!/bin/sh\necho 'OpenSSH_9.2p1 Debian' >&2\n", { mode: 0o755 });
  const parts = await examine({ cwd: machine.folder, host: machine.host() });
  const part = (name: string) => parts.find((candidate) => candidate.name === name);
  expect(part("Pulumi engine")).toMatchObject({ where: pulumi, version: "3.260.0", state: "found" });
  expect(part("Go")).toMatchObject({ state: "not needed" });
  expect(part("npm")).toMatchObject({ version: "11.19.1" });
  expect(part("qemu-img")).toMatchObject({ version: "7.2.22" });
  expect(part("sshd")).toMatchObject({ where: sshd, version: "9.2p1" });
  expect(part("dynamic provider launcher")).toMatchObject({ why: "beside the engine" });
});

test("the YAML host is listed where a project asks for it, and Go when it would have to build it", async () => {
  using machine = fakeMachine();
  fakePulumi(machine, "3.260.0");
  const find = async () => {
    const parts = await examine({ cwd: machine.folder, host: machine.host() });
    return parts.filter(({ name }) => ["Go", "YAML language host"].includes(name));
  };
  const go = { name: "Go", state: "not needed" };
  expect(await find()).toMatchObject([go]);
  writeFileSync(join(machine.folder, "Pulumi.yaml"), "name: lab\nruntime: yaml\n");
  expect(await find()).toEqual([
    {
      name: "Go",
      state: "missing",
      advice: expect.stringContaining("to build the YAML language host without internet"),
    },
    { name: "YAML language host", state: "missing", advice: expect.stringContaining("coppice pulumi") },
  ]);
  const where = machine.program("pulumi-language-yaml");
  expect(await find()).toMatchObject([go, { name: "YAML language host", state: "found", where }]);
});
