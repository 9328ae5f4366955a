import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmulatedMain, InstalledEmulator } from "./installed-emulator.ts";
import { publicPackages } from "./public-packages.ts";
import { type Output, run } from "./run.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const typescript = join(root, "node_modules", "typescript", "bin", "tsc");
const packages = publicPackages();
const entries = packages.flatMap((one) => one.entries);
let folder: string;
let project: string;
let tarballs: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "coppice-publish-"));
  project = mkdtempSync(join(folder, "project-"));
  const workspaces = packages.flatMap((one) => ["--workspace", one.name]);
  await run("npm", ["pack", ...workspaces, "--pack-destination", folder, "--loglevel=error"], root);
  writeFileSync(join(project, "package.json"), '{ "name": "lab", "type": "module", "private": true }\n');
  tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const from = tarballs.map((name) => join(folder, name));
  const flags = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", ["install", ...flags, ...from, "@pulumi/pulumi@3.270.0", "@types/node@24"], project);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000);

test("there are packages to publish", () => {
  expect(packages.map((one) => one.name)).toEqual(
    expect.arrayContaining(["@coppice/cli", "@coppice/components"]),
  );
});

describe("each packed package", () => {
  test.each(packages)("$name has nothing that publint finds wrong", async ({ name }) => {
    const tarball = tarballs.find((file) => file.startsWith(`${name.slice(1).replace("/", "-")}-`)) ?? "";
    const { buffer } = new Uint8Array(readFileSync(join(folder, tarball)));
    const { messages, pkg } = await publint({ level: "warning", pack: { tarball: buffer } });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test.each(packages)("$name carries the licence", ({ name }) => {
    const text = readFileSync(join(project, "node_modules", name, "LICENSE"), "utf8");
    expect(text).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
  });

  test.each(packages)("$name is installed as files, without sources of tests", ({ name }) => {
    const installed = join(project, "node_modules", name);
    expect(existsSync(join(installed, "package.json"))).toBe(true);
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
    const ours = files.filter((file) => !file.startsWith("node_modules"));
    expect(ours.filter((file) => /\.test\.|\.tsbuildinfo|fixtures/.test(file))).toEqual([]);
  });
});

describe("every entry of the packages can be loaded", () => {
  test.each([
    ["import", "module", entries.map((entry) => `await import(${JSON.stringify(entry)});`)],
    ["require", "commonjs", entries.map((entry) => `require(${JSON.stringify(entry)});`)],
  ])("by %s", async (_way, type, lines) => {
    const script = [...lines, 'console.log("loaded");'].join("\n");
    const output = await run(process.execPath, [`--input-type=${type}`, "-e", script], project);
    expect(output).toEqual({ stdout: "loaded\n", stderr: "" });
  });
});

test("the type declarations of every entry resolve under nodenext", async () => {
  const lines = entries.map(
    (entry, index) => `import * as m${index} from ${JSON.stringify(entry)}; void m${index};`,
  );
  writeFileSync(join(project, "types.ts"), `${lines.join("\n")}\n`);
  const flags = ["--noEmit", "--strict", "--target", "es2024", "--module", "nodenext", "--types", "node"];
  await run(process.execPath, [typescript, ...flags, "--skipLibCheck", "types.ts"], project);
});

describe("a class of the installed packages, on the installed emulator", () => {
  const pulumi = (...args: string[]) =>
    run("npx", ["--no-install", "coppice", "pulumi", ...args, "--non-interactive"], project, {
      ...process.env,
      PULUMI_HOME: join(folder, "pulumi-home"),
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    });
  let emulator: InstalledEmulator;

  beforeAll(async () => {
    emulator = await InstalledEmulator.start(project);
    writeFileSync(join(project, "Pulumi.yaml"), yaml);
    writeFileSync(join(project, "index.ts"), program);
    await pulumi("stack", "init", "rehearsal");
    await pulumi("config", "set", "coppice:clusters", emulator.clusters);
  }, 120_000);
  afterAll(() => emulator.stop());

  test("has a plugin that tells other languages what there is", async () => {
    const plugin = "./node_modules/.bin/pulumi-resource-coppice";
    expect((await pulumi("package", "get-schema", plugin)).stdout).toContain('"coppice:index:LabClass"');
  });

  test("is refused by the installed policy packs, which nobody compiles", async () => {
    const packs = ["baseline", "quota"].flatMap((pack) => [
      "--policy-pack",
      `node_modules/@coppice/policy-${pack}`,
    ]);
    await expect(pulumi("preview", ...packs)).rejects.toThrow(
      /coppice-baseline@v.*Class "runners" names no tenant.*coppice-quota@v/s,
    );
  }, 120_000);

  // No `plugins` in Pulumi.yaml: the engine finds the plugin on the PATH that npx and npm scripts have.
  test.each(["plugin", "dynamic"])(
    "goes up and down through the door '%s'",
    async (door) => {
      await pulumi("up", "--yes", "--skip-preview", "--config", `coppice:door=${door}`);
      // As the program exports it.
      const seats = JSON.parse((await pulumi("stack", "output", "seats", "--json")).stdout) as object;
      expect(Object.keys(seats)).toEqual(["seat-01", "seat-02", "seat-03"]);
      await pulumi("destroy", "--yes", "--skip-preview");
    },
    180_000,
  );

  test("makes a project that installs without scripts, with its packages and without an account, and previews", async () => {
    const fresh = join(folder, "fresh");
    const made = await run("node_modules/.bin/coppice", ["new", "lab-class", fresh], project);
    expect(made.stdout).toContain("node_modules/.bin/coppice pulumi up\n");
    expect(readdirSync(join(fresh, "packages")).sort()).toEqual([...tarballs].sort());
    expect(readFileSync(join(fresh, ".gitignore"), "utf8")).toContain("node_modules/\n");
    const steps = made.stdout.split("\n").filter((line) => line.startsWith("  "));
    expect((await type(steps.join("\n"), emulator.main)).stdout).toContain(
      "2 seats are made: seat-01, seat-02",
    );
  }, 240_000);
});

/** Types the lines that `coppice new` printed, for a class of two on an emulator. */
async function type(steps: string, { endpoint, caFile, token }: EmulatedMain): Promise<Output> {
  const lines = steps.replace("https://pve1.example.org:8006", endpoint).replace(
    "npm install",
    `npm install --ignore-scripts --prefer-offline --loglevel=error
      sed -i 's/seats: 25/seats: 2/' index.ts && cp '${caFile}' pve-root-ca.pem`,
  );
  const env = {
    ...process.env,
    PULUMI_SKIP_CONFIRMATIONS: "true",
    PVE_TOKEN: readFileSync(token.file, "utf8"),
  };
  return await run("sh", ["-ec", lines], folder, env);
}

const yaml = `name: lab
runtime:
  name: nodejs
  options:
    typescript: false
main: index.ts
`;

const program = `import { OverlayVmPool } from "@coppice/components";

const pool = new OverlayVmPool("runners", {
  template: { vmid: 9000 },
  seats: 3,
  storage: "nas",
  vmids: { from: 30000, to: 30099 },
});
export const seats = pool.seats;
`;
