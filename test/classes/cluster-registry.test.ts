import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseProperties } from "@coppice/core";
import { listGuestResources } from "@coppice/pve";
import { EmulatedCluster } from "@coppice/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

const coppice = new URL("../../packages/cli/bin/coppice.js", import.meta.url).pathname;

let lab: EmulatedCluster;
let folder: string;
let home: string;
let token: string;
beforeAll(async () => {
  lab = await EmulatedCluster.start({ nodes: 1 });
  token = `${lab.emulator.token.id}=${lab.emulator.token.secret}`;
  folder = await mkdtemp(join(tmpdir(), "coppice-registry-"));
  await writeFile(join(folder, "ca.pem"), lab.emulator.ca);
  await writeFile(join(folder, "token"), `${token}\n`);
});
beforeEach(async () => {
  home = await mkdtemp(join(folder, "home-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await lab.close();
});

interface Printed {
  readonly code: number;
  readonly out: string;
}

async function cluster(...words: readonly string[]): Promise<Printed> {
  const env = { PATH: "/nowhere", COPPICE_HOME: home, REGISTRY_TOKEN: token };
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      [coppice, "cluster", ...words],
      { cwd: folder, env },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, out: stdout + stderr });
      },
    );
  });
}

const api = () => ["--endpoint", lab.emulator.url, "--ca-file", "ca.pem"];
const add = (name: string, ...more: string[]) =>
  cluster("add", name, ...api(), "--token-file", "token", ...more);
const clusters = () => join(home, "clusters");

describe("a cluster that is added", () => {
  test("is a document that its owner alone reads, with references and no secret", async () => {
    const added = await add("main", "--storage", "nas");
    expect(added.out).toMatch(/^ok {7}Proxmox VE /m);
    expect(added.out).toMatch(/^ok {7}storage nas on pve1/m);
    expect(added.out).toContain(`Registered as 'main' in ${clusters()}/main.yaml`);
    expect(added.code).toBe(0);
    const text = await readFile(join(clusters(), "main.yaml"), "utf8");
    expect(text).toBe(
      [
        "kind: Cluster",
        "version: 1",
        "name: main",
        `endpoint: ${lab.emulator.url}`,
        "caFile: main/pve-root-ca.pem",
        `token: { file: ${join(folder, "token")} }`,
        "",
      ].join("\n"),
    );
    expect((await stat(join(clusters(), "main.yaml"))).mode & 0o777).toBe(0o600);
    expect((await stat(clusters())).mode & 0o777).toBe(0o700);
    expect(await readdir(clusters())).toEqual(["main", "main.yaml"]);
  });

  test("is listed with its token's id and its machines, and tested by its name alone", async () => {
    await cluster("add", "main", ...api(), "--token-env", "REGISTRY_TOKEN");
    const { clusters } = parseProperties((await cluster("list", "--json")).out) ?? {};
    const { id } = lab.emulator.token;
    const guests = await listGuestResources(lab.client);
    const own = { name: "main", endpoint: lab.emulator.url, token: id, reachable: true };
    expect(clusters).toEqual([{ ...own, guests: guests.length }]);
    const { out } = await cluster("list");
    expect(out).toMatch(/^NAME +ENDPOINT +TOKEN +REACHABLE +GUESTS$/m);
    expect(out).not.toContain(lab.emulator.token.secret);
    const tested = await cluster("test", "main", "--storage", "nas");
    expect(tested.out).toMatch(/^ok {7}storage nas on pve1/m);
    expect(tested.code).toBe(0);
  });

  test("may lack rights: they are said, and it is registered", async () => {
    await lab.shell(
      "pve1",
      "pveum user add poor@pve; pveum acl modify / --users poor@pve --roles PVEAuditor",
    );
    const said = await lab.shell("pve1", "pveum user token add poor@pve lab --privsep 0");
    const secret = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(said)?.[0];
    await writeFile(join(folder, "poor"), `poor@pve!lab=${secret}`);
    const added = await cluster("add", "main", ...api(), "--token-file", "poor");
    expect(added.out).toMatch(/^missing {2}VM\.Allocate on \/vms +no machine can be made or removed$/m);
    expect(added.code).toBe(0);
    expect((await cluster("test", "main")).code).toBe(1);
  });
});

describe("refused, with nothing written", () => {
  test("a name that is registered", async () => {
    await add("main");
    const before = await readFile(join(clusters(), "main.yaml"), "utf8");
    const again = await cluster("add", "main");
    expect(again.out).toMatch(/The cluster 'main' is registered, in .*\[cluster\.exists\]/s);
    expect(again.code).toBe(1);
    expect(await readFile(join(clusters(), "main.yaml"), "utf8")).toBe(before);
  });

  test.each([
    ["a name that is none", () => ["Main_1", ...api(), "--token-file", "token"], /name\.invalid/],
    ["no address", () => ["main"], /No address is given.*--endpoint/s],
    ["a token that is wrong", () => ["main", ...api(), "--token-file", "stale"], /pve\.unauthorized/],
    ["no token", () => ["main", ...api()], /No API token is given/],
    [
      "what does not answer",
      () => ["main", "--endpoint", "https://127.0.0.1:1", "--ca-file", "ca.pem", "--token-file", "token"],
      /127\.0\.0\.1:1/,
    ],
  ])("%s", async (_, words, said) => {
    await writeFile(join(folder, "stale"), "root@pam!coppice=00000000-0000-0000-0000-000000000000");
    const { code, out } = await cluster("add", ...words());
    expect(out).toMatch(said);
    expect(code).toBe(1);
    expect(await readdir(home)).toEqual([]);
  });

  test("another command that is at work on it; one that is gone is no hindrance", async () => {
    await mkdir(clusters(), { recursive: true });
    const { hostname } = await import("node:os");
    const lock = (pid: number) =>
      writeFile(join(clusters(), "main.lock"), JSON.stringify({ pid, host: hostname(), work: "add main" }));
    await lock(process.pid);
    expect((await add("main")).out).toMatch(/another command: "add main", process .*\[cluster\.busy\]/s);
    // Above every process number of Linux.
    await lock(2 ** 22 + 1);
    expect((await add("main")).code).toBe(0);
    expect(await readdir(clusters())).toEqual(["main", "main.yaml"]);
  });
});

describe("a cluster that is not there", () => {
  test("is told with those that are", async () => {
    await add("main");
    const { out, code } = await cluster("test", "man");
    expect(out).toContain('No cluster "man" is registered: registered are main.');
    expect(code).toBe(1);
  });

  test("does not answer, or is no document any more: list says why and shows the others", async () => {
    await add("main");
    const text = await readFile(join(clusters(), "main.yaml"), "utf8");
    await writeFile(
      join(clusters(), "gone.yaml"),
      text.replace("name: main", "name: gone").replace(lab.emulator.url, "https://127.0.0.1:1"),
    );
    await writeFile(join(clusters(), "odd.yaml"), text);
    const { out, code } = await cluster("list");
    expect(out).toMatch(/^gone +https:\/\/127\.0\.0\.1:1 +\S+ +no +-$/m);
    expect(out).toMatch(/^main +https:.* yes +\d+$/m);
    expect(out).toMatch(/^odd: .*it has to describe one thing: the Cluster 'odd'/m);
    expect(code).toBe(0);
  });

  test("none is registered", async () => {
    expect((await cluster("list")).out).toContain("coppice cluster add <name>");
  });
});

describe("removed", () => {
  const state = (resources: readonly object[]) =>
    JSON.stringify({ version: 3, checkpoint: { latest: { resources } } });
  const root = "urn:pulumi:main::coppice-tenant::pulumi:pulumi:Stack::coppice-tenant-main";
  const urn = "urn:pulumi:main::coppice-tenant::coppice:index:LabClass::networks-101";
  const pool =
    "urn:pulumi:main::coppice-tenant::coppice:index:LabClass$coppice:index:OverlayPool::networks-101";
  const stack = { urn: root, type: "pulumi:pulumi:Stack" };
  const provider = { urn: "urn:x::y::pulumi:providers:coppice::default", type: "pulumi:providers:coppice" };

  async function keepState(file: string, ...resources: readonly object[]): Promise<void> {
    const stacks = join(home, "state/.pulumi/stacks/coppice-tenant");
    await mkdir(stacks, { recursive: true });
    const text = state([stack, ...resources]);
    await writeFile(join(stacks, file), file.endsWith(".gz") ? gzipSync(text) : text);
  }

  test("with its files, by --yes; the token file that it was given stays", async () => {
    await add("main");
    expect((await cluster("remove", "main")).out).toMatch(/nobody can be asked here.*Give --yes/);
    const removed = await cluster("remove", "main", "--yes");
    expect(removed.out).toContain("Its API token is still valid");
    expect(removed.code).toBe(0);
    expect(await readdir(clusters())).toEqual([]);
    expect(await readFile(join(folder, "token"), "utf8")).toContain(token);
  });

  test.each(["main.json", "acme.main.json", "main.json.gz"])(
    "not while a stack holds machines there (%s)",
    async (file) => {
      await add("main");
      const seats = { urn: pool, type: "coppice:index:OverlayPool", parent: urn };
      await keepState(file, { urn, type: "coppice:index:LabClass", parent: root }, seats);
      const { out, code } = await cluster("remove", "main", "--yes");
      expect(out).toMatch(
        /there are still: LabClass networks-101 \(stack coppice-tenant\/(?:acme\.)?main\).*\[cluster\.in-use\]/s,
      );
      expect(code).toBe(1);
      expect(await readdir(clusters())).toContain("main.yaml");
    },
  );

  test("where stacks of other clusters hold machines, or one of its own holds none", async () => {
    await add("main");
    await keepState("main.json", provider);
    await keepState("other.json", { urn, type: "coppice:index:LabClass", parent: root });
    expect((await cluster("remove", "main", "--yes")).code).toBe(0);
  });
});
