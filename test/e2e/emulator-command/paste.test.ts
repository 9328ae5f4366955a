import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { PulumiProject } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Api } from "./api.ts";
import { EmulatorProcess } from "./emulator-process.ts";

const run = promisify(execFile);
const pluginModule = fileURLToPath(
  new URL("../../../packages/plugin/bin/pulumi-resource-coppice.js", import.meta.url),
);

/** Overlays are made over SSH, so that every setting of the pasted line is used. */
const program = `import { OverlayVmPool } from "@coppice/components";

new OverlayVmPool("lab", {
  template: { vmid: 9000 },
  seats: 2,
  storage: "nas",
  vmids: { from: 200, to: 209 },
});
`;

describe("the lines that the command prints to be typed", () => {
  let emulator: EmulatorProcess;
  let project: PulumiProject;
  let ssh: string;
  let config: string;
  // A quote and a blank in a path must survive the shell, and ssh, which reads some of its options once more.
  const folder = mkdtempSync(join(tmpdir(), "coppice it's-"));
  const said = join(folder, "arguments");

  beforeAll(async () => {
    // An engine on PATH that keeps what a shell hands to it.
    writeFileSync(join(folder, "pulumi"), `#!/bin/sh\nprintf '%s\\0' "$@" >"$SAID"\n`, { mode: 0o755 });
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
    emulator = await EmulatorProcess.start("--data", join(folder, "data"));
    vi.unstubAllEnvs();
    [ssh = "", config = ""] = emulator.commands;
    project = await PulumiProject.create({ program, pluginModule });
  });
  afterAll(async () => {
    await project.remove();
    await emulator.end();
    rmSync(folder, { recursive: true });
  });

  /** Types a line into a shell. */
  async function type(line: string): Promise<string> {
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"]}`, SAID: said };
    return (await run("sh", ["-c", line], { env })).stdout;
  }

  test("are all tried here", () => {
    expect(emulator.commands).toEqual([ssh, config]);
    expect(ssh).toMatch(/^ssh /);
    expect(config).toMatch(/^pulumi config set /);
  });

  test("log in to the first node, whose key is known", async () => {
    expect(await type(`${ssh} hostname </dev/null`)).toBe("pve1\n");
  });

  test("configure a stack whose machines are then made on the emulator, over its API and SSH", async () => {
    await type(config);
    const args = readFileSync(said, "utf8").split("\0").slice(0, -1);
    expect(args.slice(0, 3)).toEqual(["config", "set", "coppice:clusters"]);
    expect((await project.run(...args)).code).toBe(0);
    const up = await project.run("up", "--yes", "--skip-preview");
    expect(up.code, up.stdout + up.stderr).toBe(0);
    const api = new Api(emulator);
    const guests = await api.call("GET", "/cluster/resources", { type: "vm" });
    api.close();
    expect(guests).toEqual(
      expect.arrayContaining([200, 201].map((vmid): unknown => expect.objectContaining({ vmid }))),
    );
    expect((await project.run("destroy", "--yes", "--skip-preview")).code).toBe(0);
  });

  test("make a project in an empty folder that knows API, token and the SSH of every node", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const { stdout } = await run("sh", ["-c", emulator.newLine], { cwd: empty });
    expect(stdout).toMatch(/^The project my-class is in my-class\. Next:$/m);
    const made = readFileSync(join(empty, "my-class", "Pulumi.dev.yaml"), "utf8");
    expect(made).toMatch(/ssh:\n[\s\S]*pve1:\n[\s\S]*pve2:\n[\s\S]*pve3:\n/);
    expect(emulator.newLine).not.toContain(emulator.field("token").split("=")[1]);
  }, 60_000);

  test("register the cluster for documents in a home where there was none, with all that overlays need", async () => {
    const home = join(folder, "home");
    const env = { ...process.env, COPPICE_HOME: home };
    const { stdout } = await run("sh", ["-c", `${emulator.addLine} --storage nas`], { env });
    expect(stdout).toMatch(/^Everything is there\n\nRegistered as 'main' in /m);
    expect(readFileSync(join(home, "clusters", "main.yaml"), "utf8")).toMatch(/pve1:\n[\s\S]*pve3:\n/);
  }, 60_000);

  test("keep no secret in the configuration", async () => {
    const [, secret = ""] = emulator.field("token").split(/=(.*)/s);
    expect(secret.length).toBeGreaterThan(20);
    expect(config).not.toContain(secret);
    expect(config).not.toContain("PRIVATE KEY");
  });
});
