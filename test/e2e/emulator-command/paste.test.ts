import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { PulumiProject } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

describe("the line that the command prints for a stack", () => {
  let emulator: EmulatorProcess;
  let project: PulumiProject;
  // A quote in a path must survive the shell.
  const folder = mkdtempSync(join(tmpdir(), "coppice-it's-"));

  beforeAll(async () => {
    emulator = await EmulatorProcess.start("--data", join(folder, "data"));
    project = await PulumiProject.create({ program, pluginModule });
  });
  afterAll(async () => {
    await project.remove();
    await emulator.end();
    rmSync(folder, { recursive: true });
  });

  /** What a shell hands to `pulumi` when the line is pasted. */
  async function pastedArguments(): Promise<string[]> {
    const [stub, said] = [join(folder, "pulumi"), join(folder, "arguments")];
    writeFileSync(stub, `#!/bin/sh\nprintf '%s\\0' "$@" >'${said.replaceAll("'", String.raw`'\''`)}'\n`);
    chmodSync(stub, 0o755);
    await run("sh", ["-c", emulator.configLine], {
      env: { ...process.env, PATH: `${folder}:${process.env["PATH"]}` },
    });
    return readFileSync(said, "utf8").split("\0").slice(0, -1);
  }

  test("configures a stack whose machines are then made on the emulator, over its API and SSH", async () => {
    const args = await pastedArguments();
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

  test("keeps no secret in the configuration", async () => {
    const [, secret = ""] = emulator.field("token").split(/=(.*)/s);
    expect(secret.length).toBeGreaterThan(20);
    expect(emulator.configLine).not.toContain(secret);
    expect(emulator.configLine).not.toContain("PRIVATE KEY");
  });
});
