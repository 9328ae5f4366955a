import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Emulator, startEmulator } from "@coppice/emulator";
import { createPool, PveClient, readPool, updatePool } from "@coppice/pve";
import { PulumiProject } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const pluginModule = fileURLToPath(
  new URL("../../../packages/plugin/bin/pulumi-resource-coppice.js", import.meta.url),
);

const program = `import { readFileSync } from "node:fs";
import { Pool } from "@coppice/components";

const pools = JSON.parse(readFileSync("pools.json", "utf8"));
for (const [name, args] of Object.entries(pools)) new Pool(name, args);
`;

describe("pools of an emulated cluster, through the real plugin", () => {
  let emulator: Emulator;
  let client: PveClient;
  let project: PulumiProject;
  const want = (pools: object) => writeFile(join(project.folder, "pools.json"), JSON.stringify(pools));

  beforeAll(async () => {
    emulator = await startEmulator({ nodes: 1, seed: "bare" });
    const token = `${emulator.token.id}=${emulator.token.secret}`;
    client = new PveClient({
      endpoint: emulator.url,
      tls: { ca: emulator.ca },
      credentials: { token: { value: token } },
    });
    const env = {
      PROXMOX_VE_ENDPOINT: emulator.url,
      PROXMOX_VE_API_TOKEN: token,
      PROXMOX_VE_CA_FILE: "ca.pem",
    };
    project = await PulumiProject.create({ program, env, pluginModule });
    await writeFile(join(project.folder, "ca.pem"), emulator.ca);
  });
  afterAll(async () => {
    await project.remove();
    await client.close();
    await emulator.stop();
  });

  test("a pool is made by the cluster that the community's variables name, marked as ours", async () => {
    await want({ lab: { poolid: "lab", comment: "Machines of the lab" } });
    expect((await project.run("up", "--yes", "--skip-preview")).code).toBe(0);
    expect((await readPool(client, "lab"))?.comment).toMatch(
      /^Machines of the lab \[coppice [0-9a-f]{16}\]$/,
    );
    expect((await project.run("preview", "--expect-no-changes")).code).toBe(0);
  });

  test("a comment that changed outside is put right after a refresh", async () => {
    await updatePool(client, { poolid: "lab", comment: "changed by hand" });
    expect((await project.run("refresh", "--yes", "--skip-preview")).code).toBe(0);
    expect((await project.run("up", "--yes", "--skip-preview")).code).toBe(0);
    expect((await readPool(client, "lab"))?.comment).toMatch(/^Machines of the lab \[coppice /);
  });

  test("a pool that somebody else made is refused, not taken over", async () => {
    await createPool(client, { poolid: "theirs", comment: "not ours" });
    await want({ lab: { poolid: "lab" }, theirs: { poolid: "theirs" } });
    const up = await project.run("up", "--yes", "--skip-preview");
    expect(up.code).not.toBe(0);
    expect(up.stdout + up.stderr).toContain("already exists");
    expect((await readPool(client, "theirs"))?.comment).toBe("not ours");
  });

  test("an existing pool can be imported by its id", async () => {
    await want({ lab: { poolid: "lab" } });
    const flags = ["--yes", "--skip-preview", "--generate-code=false", "--protect=false"];
    const result = await project.run("import", "coppice:index:Pool", "theirs", "main/theirs", ...flags);
    expect(result.code).toBe(0);
  });

  test("destroy removes the pools and leaves nothing", async () => {
    expect((await project.run("destroy", "--yes", "--skip-preview")).code).toBe(0);
    expect(await readPool(client, "lab")).toBeUndefined();
  });
});
