import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Host } from "../base/host.js";
import { toolEnvironment } from "../environment/tool-environment.js";
import { downloadServer } from "../fixtures/download-server.ts";
import { type FakeMachine, fakeGo, fakeMachine, fakePulumi, realTar } from "../fixtures/fake-machine.ts";
import { madeFolder } from "../made/made-folder.js";
import { findExecutable } from "../process/find-executable.js";
import { YAML_HOST } from "./yaml-host-recipe.js";

const enginePackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const hostPackage = "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml";

/** The tools for a project, made where they are missing, and what the engine would find with them. */
async function toolsFor(machine: FakeMachine, runtime: string, parts: Partial<Host> = {}) {
  const cwd = join(machine.folder, runtime);
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, "Pulumi.yaml"), `name: lab\nruntime: ${runtime}\n`);
  const host = machine.host(parts);
  const { env, engine, pulumi } = await toolEnvironment({ cwd, make: true, host, env: host.env });
  return { env, engine, pulumi, yamlHost: findExecutable(YAML_HOST.binary, env["PATH"]) };
}

const cached = (machine: FakeMachine) => madeFolder(machine.host(), YAML_HOST);
const built = (machine: FakeMachine) =>
  machine
    .calls()
    .filter((call) => call.startsWith("go build"))
    .map((call) => call.split(" ").at(-1));

test("only a YAML project gets a YAML host, and each is built once", async () => {
  using machine = fakeMachine();
  fakeGo(machine);
  expect((await toolsFor(machine, "nodejs")).yamlHost).toBe(undefined);
  expect(built(machine)).toEqual([enginePackage]);
  for (const _time of [1, 2]) await toolsFor(machine, "yaml");
  expect(built(machine)).toEqual([enginePackage, hostPackage]);
  expect(machine.reported.slice(3)).toEqual([
    expect.stringMatching(
      /^YAML host: no pulumi-language-yaml on PATH or beside the engine; fetching Pulumi 3\.255\.0/,
    ),
    expect.stringContaining("YAML host: the download did not serve"),
    expect.stringContaining("YAML host: building 1.25.0 from its Go modules"),
  ]);
  expect(readdirSync(cached(machine)).sort()).toEqual(["bin", "made.json"]);
});

test("beside a built engine it needs no warning, and the engine of other projects stays without it", async () => {
  using machine = fakeMachine();
  fakeGo(machine);
  const { pulumi, yamlHost, env } = await toolsFor(machine, "yaml");
  expect(dirname(yamlHost ?? "")).toBe(dirname(pulumi));
  expect(findExecutable("pulumi", env["PATH"])).toBe(pulumi);
  expect(findExecutable("pulumi-language-nodejs", env["PATH"])).toBe(
    join(dirname(pulumi), "pulumi-language-nodejs"),
  );
  expect((await toolsFor(machine, "nodejs")).yamlHost).toBe(undefined);
});

test("ours is not taken for the user's own when a command of ours runs another", async () => {
  using machine = fakeMachine();
  fakeGo(machine);
  const { env, pulumi } = await toolsFor(machine, "yaml");
  const again = await toolsFor(machine, "yaml", { env });
  expect(again.pulumi).toBe(pulumi);
});

test("the user's own on PATH is used, and nothing is made", async () => {
  using machine = fakeMachine();
  const pulumi = fakePulumi(machine, "3.260.0");
  const own = machine.program(YAML_HOST.binary);
  expect(await toolsFor(machine, "yaml")).toMatchObject({ pulumi, yamlHost: own });
  expect(existsSync(cached(machine))).toBe(false);
});

test("the user's engine without one gets ours after its own folder", async () => {
  using machine = fakeMachine();
  const pulumi = fakePulumi(machine, "3.260.0");
  fakeGo(machine);
  const tools = await toolsFor(machine, "yaml");
  expect(tools).toMatchObject({ pulumi, yamlHost: join(cached(machine), "bin", YAML_HOST.binary) });
  expect(tools.engine.binFolders[0]).toBe(machine.bin);
  expect(built(machine)).toEqual([hostPackage]);
});

test("an engine that is downloaded brings it", async () => {
  using machine = fakeMachine();
  realTar(machine);
  await using server = await downloadServer();
  const { pulumi, yamlHost } = await toolsFor(machine, "yaml", { downloads: server.url });
  expect(yamlHost).toBe(join(dirname(pulumi), YAML_HOST.binary));
  expect(existsSync(cached(machine))).toBe(false);
});

test("for the user's engine it is taken out of the official archive, and nothing else of that is kept", async () => {
  using machine = fakeMachine();
  fakePulumi(machine, "3.260.0");
  realTar(machine);
  await using server = await downloadServer();
  const { yamlHost } = await toolsFor(machine, "yaml", { downloads: server.url });
  expect(yamlHost).toBe(join(cached(machine), "bin", YAML_HOST.binary));
  expect(
    readdirSync(cached(machine), { recursive: true }).sort((a, b) => String(a).localeCompare(String(b))),
  ).toEqual(["bin", `bin/${YAML_HOST.binary}`, "made.json"]);
});

test("where it can neither be had nor built the refusal names it, with the way out", async () => {
  using machine = fakeMachine();
  fakePulumi(machine, "3.260.0");
  const failure = toolsFor(machine, "yaml");
  await expect(failure).rejects.toThrow(
    "the YAML language host cannot be built here: there is no go on PATH",
  );
  await expect(failure).rejects.toThrow("Install the Pulumi CLI");
});

test("a caller that may not make anything gets what is there, since not every command needs it", async () => {
  using machine = fakeMachine();
  const pulumi = fakePulumi(machine, "3.260.0");
  fakeGo(machine);
  const cwd = join(machine.folder, "lab", "sub");
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, "..", "Pulumi.yaml"), "runtime: { name: yaml }\n");
  const tools = await toolEnvironment({ cwd, host: machine.host() });
  expect(tools.pulumi).toBe(pulumi);
  expect(built(machine)).toEqual([]);
});
