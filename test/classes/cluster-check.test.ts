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
    PATH: process.env["PATH"],
    PROXMOX_VE_ENDPOINT: lab.cluster.emulator.url,
    PROXMOX_VE_CA_FILE: join(folder, "ca.pem"),
    PROXMOX_VE_API_TOKEN: token,
    ...more,
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

test("options alone tell a cluster, in a folder without a project and on a machine without an engine", async () => {
  const { url, ssh, sshKey } = lab.cluster.emulator;
  const { port, hostKey } = ssh.get("pve1") ?? {};
  await writeFile(join(folder, "key"), sshKey.privateKey, { mode: 0o600 });
  const words = ["--endpoint", url, "--ca-file", "ca.pem", "--token-env", "CHECK_TOKEN", "--pool", "acme"];
  const over = ["--ssh-key", "key", "--ssh-node", `pve1=127.0.0.1:${port}`, "--host-key", `pve1=${hostKey}`];
  const alone = { PATH: "/nowhere", PROXMOX_VE_ENDPOINT: "", CHECK_TOKEN: token };
  const check = (...more: string[]) =>
    run(["cluster", "check", "--storage", "nas", ...words, ...more], folder, alone);
  expect((await check(...over)).stdout).toMatch(/^ok {7}SSH to pve1$/m);
  expect((await check("--node", "pve9")).stdout).toContain("The cluster has no node pve9");
  expect((await check("--template", "abc")).stdout).toContain("Expected a whole number from 100");
  const wrong = await check("--ssh-key", "nowhere");
  expect(wrong.stdout).toMatch(
    /as it was given: --ssh-key: the file .*nowhere cannot be read: it does not exist/,
  );
  expect(wrong.code).toBe(1);
});

test("what is told of a cluster without its address is refused by the option's name", async () => {
  expect((await check("--token-env", "X")).stdout).toContain(
    "--token-env is given of a cluster without an address. Give --endpoint as well",
  );
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

  test("what the engine wrote counts, also encrypted, and in the stack that it selected", async () => {
    const set = (field: string, value: string, ...more: string[]) =>
      pulumi("config", "set", "--path", `coppice:clusters.main.${field}`, value, ...more);
    await pulumi("config", "rm", "coppice:clusters");
    await set("endpoint", lab.cluster.emulator.url);
    await set("caFile", "../ca.pem");
    await set("token.env", "STACK_TOKEN");
    const engineless = { ...state, PATH: "/nowhere", PROXMOX_VE_ENDPOINT: "", STACK_TOKEN: token };
    const words = ["cluster", "check", "--storage", "nas", "--pool", "acme"];
    expect((await run(words, project, engineless)).stdout).toMatch(/^ok {7}pool acme/m);
    await pulumi("config", "rm", "--path", "coppice:clusters.main.token");
    await set("token", token, "--secret");
    expect((await checkHere()).stdout).toMatch(/^ok {7}pool acme/m);
    await pulumi("config", "rm", "coppice:clusters");
  });

  test("a configuration that cannot be read is said, not passed over", async () => {
    await pulumi("config", "set", "--secret", "coppice:clusters", '{"main":{}}');
    state = { ...state, PULUMI_CONFIG_PASSPHRASE: "second" };
    const { code, stdout } = await checkHere();
    expect(stdout).toMatch(
      /coppice:clusters cannot be read: incorrect passphrase\. The stack's passphrase is taken/,
    );
    expect(code).not.toBe(0);
  });
});
