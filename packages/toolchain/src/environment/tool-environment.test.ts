import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { fakeMachine, fakePulumi } from "../fixtures/fake-machine.ts";
import { findExecutable } from "../process/find-executable.js";
import { toolEnvironment } from "./tool-environment.js";

test("PATH leads to the engine, then the project's plugins, then the Node that programs need", async () => {
  using machine = fakeMachine();
  const pulumi = fakePulumi(machine, "3.260.0");
  const project = join(machine.folder, "project", "stack");
  const plugins = join(machine.folder, "project", "node_modules", ".bin");
  mkdirSync(project, { recursive: true });
  mkdirSync(plugins, { recursive: true });
  writeFileSync(join(plugins, "pulumi-resource-coppice"), "", { mode: 0o755 });
  const tools = await toolEnvironment({ cwd: project, host: machine.host() });
  expect(tools.pulumi).toBe(pulumi);
  expect(findExecutable("pulumi", tools.env["PATH"])).toBe(pulumi);
  expect(findExecutable("pulumi-resource-coppice", tools.env["PATH"])).toBe(
    join(plugins, "pulumi-resource-coppice"),
  );
  expect(tools.pluginFolders[0]).toBe(plugins);
  expect(tools.env["PULUMI_SKIP_UPDATE_CHECK"]).toBe("true");
});

test("a Node that PATH already leads to is not put before everything else", async () => {
  using machine = fakeMachine();
  fakePulumi(machine, "3.260.0");
  const node = join(machine.bin, "node");
  symlinkSync(process.execPath, node);
  const tools = await toolEnvironment({ cwd: machine.folder, host: machine.host() });
  expect(tools.env["PATH"]?.split(":")[0]).not.toBe(dirname(process.execPath));
});

test("Node keeps what it compiled beside the project's packages, unless the user has a place for it", async () => {
  using machine = fakeMachine();
  fakePulumi(machine, "3.260.0");
  const project = join(machine.folder, "project", "stack");
  mkdirSync(join(machine.folder, "project", "node_modules"), { recursive: true });
  mkdirSync(project);
  const tools = await toolEnvironment({ cwd: project, env: {}, host: machine.host() });
  expect(tools.env["NODE_COMPILE_CACHE"]).toBe(
    join(machine.folder, "project/node_modules/.cache/node-compile"),
  );
  const env = { NODE_COMPILE_CACHE: "/elsewhere" };
  const others = await toolEnvironment({ cwd: project, env, host: machine.host() });
  expect(others.env["NODE_COMPILE_CACHE"]).toBe("/elsewhere");
});

test("without an engine the refusal says why and how to make one, and makes nothing", async () => {
  using machine = fakeMachine();
  machine.program("go");
  const failure = toolEnvironment({ cwd: machine.folder, host: machine.host() });
  await expect(failure).rejects.toThrow(/there is no Pulumi engine: no pulumi on PATH.*npm run setup/s);
  expect(machine.calls()).toEqual([]);
});
