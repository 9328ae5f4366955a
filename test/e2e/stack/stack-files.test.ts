import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { holdStack, readHistory, type StateHome } from "@coppice/engine";
import { PulumiProject } from "@coppice/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** A program in whose midst the engine waits. */
const program = `import { existsSync, writeFileSync } from "node:fs";
writeFileSync("begun", "");
while (!existsSync("gate")) await new Promise((resolve) => setTimeout(resolve, 50));
`;

const name = { project: "program", stack: "test" };

/** What we read of the files of the engine itself, and what it does with ours. */
describe("files of the genuine engine", () => {
  let project: PulumiProject;
  let home: StateHome;
  const begun = () => join(project.path, "begun");
  const gate = () => join(project.path, "gate");
  beforeAll(async () => {
    project = await PulumiProject.create({ program });
    home = { folder: project.folder, backend: `file://${project.folder}/state` };
  });
  afterAll(async () => {
    // A program whose engine was killed goes on.
    await writeFile(gate(), "");
    await project.remove();
  });

  const refresh = (...more: readonly string[]) => project.run("refresh", "--yes", "--skip-preview", ...more);
  const ask = async (args: readonly string[]) => (await project.run(...args)).stdout;

  /** Declares documents as a run does. */
  async function declare(documents: object | string): Promise<void> {
    const file = join(project.path, "Pulumi.test.yaml");
    const [salt = ""] = /^encryptionsalt:.*$/m.exec(await readFile(file, "utf8")) ?? [];
    await writeFile(file, `${salt}\nconfig: ${JSON.stringify({ "program:documents": documents })}\n`);
  }

  test("versions say who did what and what was declared, read from files and asked of the engine alike", async () => {
    await declare({ lab: { kind: "LabClass", seats: 2, cloudInit: { password: { env: "LAB" } } } });
    await refresh("--message", "two seats", "--exec-agent", "coppice/ada");
    await declare({ lab: { kind: "LabClass", seats: 3 } });
    await refresh();
    await declare('{"lab":{"kind":"LabClass","seats":4}}');
    await refresh();
    const versions = await readHistory(home, name, ask);
    expect(versions.map((version) => [version.number, version.verb, version.result])).toEqual(
      [1, 2, 3].map((number) => [number, "refresh", "succeeded"]),
    );
    expect(versions.map(({ documents }) => documents?.map(({ inputs }) => inputs["seats"]))).toEqual([
      [2],
      [3],
      [4],
    ]);
    expect(versions[0]).toMatchObject({
      who: "ada",
      message: "two seats",
      documents: [{ kind: "LabClass", name: "lab", inputs: { cloudInit: { password: { env: "LAB" } } } }],
    });
    expect(Math.abs((versions[0]?.time ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(await readHistory({ ...home, backend: "s3://elsewhere" }, name, ask)).toEqual(versions);
  });

  test("the lock of an engine that was killed goes when the next one has the stack, not before", async () => {
    const locks = join(project.folder, "state/.pulumi/locks/organization/program/test");
    const locked = () =>
      existsSync(locks) ? readdirSync(locks).filter((file) => file.endsWith(".json")) : [];
    const engine = project.start(["up", "--yes", "--skip-preview"]);
    await until(() => existsSync(begun()));
    const signal = new AbortController().signal;
    let seen: readonly string[] | undefined;
    const held = holdStack(home, name, { who: "ada", signal }, () => {
      seen = locked();
      return Promise.resolve();
    });
    // The lease is there, and the living engine is waited for.
    await until(() => existsSync(join(project.folder, "state/.coppice/leases/program/test/1.json")));
    expect([seen, locked().length]).toEqual([undefined, 1]);
    engine.signal("SIGKILL");
    await engine.finished();
    await held;
    expect(seen).toEqual([]);
    await writeFile(gate(), "");
    const { code, stderr } = await refresh();
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("locked")]);
  });
});

async function until(has: () => boolean): Promise<void> {
  while (!has()) await new Promise((resolve) => setImmediate(resolve));
}
