import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClassLab } from "./class-lab.ts";
import { tenantLines, typeLines } from "./pool-token.ts";

const coppice = new URL("../../packages/cli/bin/coppice.js", import.meta.url).pathname;

let lab: ClassLab;
let folder: string;
let token: string;
beforeAll(async () => {
  lab = await ClassLab.start({ nodes: 1 });
  token = await typeLines(lab, await tenantLines());
  folder = await mkdtemp(join(tmpdir(), "coppice-check-"));
  await writeFile(join(folder, "ca.pem"), lab.cluster.emulator.ca);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await lab[Symbol.asyncDispose]();
});

interface Printed {
  readonly code: number;
  readonly stdout: string;
}

/** Runs `coppice cluster check` with the tenant's token; its exit code and what it prints. */
async function check(...more: string[]): Promise<Printed> {
  return await run(["cluster", "check", "--storage", "nas", "--template", "9000", ...more], folder);
}

/** Runs `coppice`, with whatever more there is in its environment. */
async function run(words: readonly string[], cwd: string, more: object = {}): Promise<Printed> {
  const env = {
    ...more,
    PATH: process.env["PATH"],
    PROXMOX_VE_ENDPOINT: lab.cluster.emulator.url,
    PROXMOX_VE_CA_FILE: join(folder, "ca.pem"),
    PROXMOX_VE_API_TOKEN: token,
  };
  return await new Promise((resolve) => {
    execFile(process.execPath, [coppice, ...words], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout: stdout + stderr });
    });
  });
}

test("a tenant's token lacks nothing for classes in its pool, and is told what it cannot see", async () => {
  const { code, stdout } = await check("--pool", "acme");
  expect(stdout).toMatch(/^ok {7}VM\.Config\.Disk on \/pool\/acme$/m);
  expect(stdout).toMatch(/^ok {7}VM\.Clone on \/vms\/9000$/m);
  expect(stdout).toMatch(/^ok {7}pool acme: machines are made as its members$/m);
  expect(stdout).toMatch(/^limited {2}Sys\.Audit on \/ +quorum is not looked at before a run/m);
  expect(stdout).not.toMatch(/^missing|Pool\.Allocate/m);
  expect(code).toBe(0);
});

test("without the pool, or with another, it can make nothing", async () => {
  const alone = await check();
  expect(alone.stdout).toMatch(/^missing {2}VM\.Allocate on \/vms +no machine can be made or removed$/m);
  const other = await check("--pool", "globex");
  expect(other.stdout).toMatch(/^missing {2}VM\.Allocate on \/vms or \/pool\/globex/m);
  expect(other.stdout).toMatch(/^missing {2}pool globex +there is none of that name/m);
  expect([alone.code, other.code]).toEqual([1, 1]);
});

describe("in a project", () => {
  let project: string;
  let state: Readonly<Record<string, string>>;
  beforeAll(async () => {
    project = join(folder, "project");
    await mkdir(join(project, "state"), { recursive: true });
    await writeFile(join(project, "Pulumi.yaml"), "name: checked\nruntime: nodejs\n");
    const backend = pathToFileURL(join(project, "state")).href;
    state = {
      PULUMI_HOME: join(project, "home"),
      PULUMI_BACKEND_URL: backend,
      PULUMI_CONFIG_PASSPHRASE: "first",
    };
    await pulumi("stack", "init", "dev");
  });

  const pulumi = (...words: string[]) => run(["pulumi", ...words], project, state);
  const checkHere = (...more: string[]) =>
    run(["cluster", "check", "--storage", "nas", "--pool", "acme", ...more], project, state);

  test("the environment counts where the stack configures no cluster, and where it configures {}", async () => {
    expect((await checkHere()).stdout).toMatch(/^ok {7}pool acme/m);
    expect((await checkHere("--stack", "dev")).stdout).toMatch(/^ok {7}pool acme/m);
    await pulumi("config", "set", "coppice:clusters", "{}");
    expect((await checkHere()).stdout).toMatch(/^ok {7}pool acme/m);
  });

  test("a configuration that cannot be read is said, not passed over", async () => {
    await pulumi("config", "set", "--secret", "coppice:clusters", '{"main":{}}');
    state = { ...state, PULUMI_CONFIG_PASSPHRASE: "second" };
    const { code, stdout } = await checkHere();
    expect(stdout).toMatch(/coppice:clusters cannot be read: incorrect passphrase\. Look at it/);
    expect(code).not.toBe(0);
  });
});
