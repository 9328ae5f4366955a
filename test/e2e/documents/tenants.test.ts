import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentsLab } from "./documents-lab.ts";
import { limitTenant, startTenantLab } from "./tenant-lab.ts";

/** Two tenants and nobody have a class each, in one folder; the tests stand on each other. */
describe("documents of two tenants", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await startTenantLab({ machines: 10 });
    await limitTenant(lab, { machines: 10 }, { verb: "create", tenant: "beta" });
    await write("acme", 2, "acme");
    await write("beta", 1, "beta");
    await write("nobodys", 1);
  }, 60_000);
  afterAll(() => lab.remove());

  const write = async (name: string, seats: number, tenant?: string) => {
    const fields = { kind: "LabClass", version: 1, name, template: { vmid: 9000 }, seats, storage: "nas" };
    // JSON is YAML.
    await lab.write(`all/${name}.yaml`, JSON.stringify({ ...fields, ...(tenant && { tenant }) }));
  };
  const succeeds = async (...args: readonly string[]) => {
    const { code, out, err } = await lab.run(...args);
    expect([code, out + err]).toEqual([0, expect.any(String)]);
    return out;
  };
  const stacks = async () =>
    (await readdir(join(lab.folder, "home/state/.pulumi/stacks/coppice-tenant")))
      .filter((file) => file.endsWith(".json"))
      .sort();
  const countOf = async (name: string) =>
    (await lab.machines()).filter((machine) => machine.includes(` ${name}-`)).length;

  test("are made by a stack for each, with numbers of their own", async () => {
    const preview = await succeeds("preview", "all");
    await succeeds("up", "all", "--yes");
    expect(await stacks()).toEqual(["acme.main.json", "beta.main.json", "main.json"]);
    const shown = await Promise.all(["acme", "beta", "nobodys"].map((name) => succeeds("show", name)));
    const blocks = shown.flatMap((text) => /from: (\d+)/.exec(text)?.[1] ?? []);
    expect(blocks.sort()).toEqual(["20000", "20100", "20200"]);
    expect(preview).toContain("Documents: 3 to make");
    expect(await succeeds("list")).toMatch(/^acme +LabClass +main +acme +2 +0$/m);
  });

  test("have a history each, and go back alone", async () => {
    await write("acme", 3, "acme");
    await write("beta", 2, "beta");
    await succeeds("up", "all", "--yes");
    expect(JSON.parse(await succeeds("history", "--tenant", "acme", "--json"))).toMatchObject({
      tenant: "acme",
      versions: [{ number: 1 }, { number: 2 }],
    });
    expect(JSON.parse(await succeeds("history", "--json"))).toMatchObject({ versions: [{ number: 1 }] });
    await succeeds("undo", "1", "--tenant", "acme", "--yes");
    expect(await Promise.all(["acme", "beta", "nobodys"].map(countOf))).toEqual([2, 2, 1]);
    await write("acme", 2, "acme");
    expect((await lab.run("history", "--tenant", "gamma")).err).toMatch(/of acme, beta\. .*--tenant/);
  });

  test("stay with whom they were made for, whatever their file says", async () => {
    const before = await lab.machines();
    await write("acme", 2, "beta");
    for (const args of [["preview"], ["up", "--yes"], ["drift"], ["destroy", "--yes"]]) {
      const { code, out, err } = await lab.run(...args, "all/acme.yaml");
      expect([code, out + err]).not.toEqual([0, expect.any(String)]);
      expect(err).toMatch(
        /'acme' cannot be made for the tenant 'beta'.*back to "acme".*\[document\.invalid\]/,
      );
    }
    expect(await lab.machines()).toEqual(before);
    await write("acme", 2, "acme");
    expect(await succeeds("preview", "all")).toContain("Documents: 3 unchanged");
  });

  test("drift, are reset and go by themselves", async () => {
    expect(await succeeds("drift", "all")).toContain("acme");
    expect(await succeeds("reset", "all/acme.yaml", "seat-01", "--yes")).toContain("acme");
    await succeeds("destroy", "all/acme.yaml", "--yes");
    await succeeds("destroy", "beta", "--yes");
    expect(await Promise.all(["acme", "beta", "nobodys"].map(countOf))).toEqual([0, 0, 1]);
    await succeeds("destroy", "all", "--yes");
    expect(await lab.machines()).toEqual([]);
  });
});
