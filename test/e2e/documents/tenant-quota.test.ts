import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { descendants } from "../class-crash/descendants.ts";
import { type Moment, strikeAt } from "../class-crash/moment.ts";
import { DocumentsLab } from "./documents-lab.ts";

/** A tenant and its class in one folder, beside the plan of its prices; the tests stand on each other. */
describe("a tenant in a document", { timeout: 240_000 }, () => {
  let lab: DocumentsLab;
  const printed: string[] = [];
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    await writeTenant({ machines: 3 });
    await lab.write("all/class.yaml", klass("networks-101", 2));
    await lab.write("all/plan.yaml", plan);
  }, 60_000);
  afterAll(() => lab.remove());

  const plan = JSON.stringify({
    kind: "Plan",
    version: 1,
    name: "campus",
    currency: "EUR",
    versions: [{ from: "2026-09-01", prices: { coreHour: "0.0045" } }],
  });
  // JSON is YAML.
  const klass = (name: string, seats: number) =>
    JSON.stringify({
      kind: "LabClass",
      version: 1,
      name,
      tenant: "acme",
      template: { vmid: 9000 },
      seats,
      storage: "nas",
    });
  const tenant = {
    kind: "TenantQuota",
    version: 1,
    name: "acme",
    plan: "campus",
    templates: [9000],
    storages: ["nas"],
    bridges: ["vmbr0"],
  };
  const writeTenant = (limits: object, more: object = {}) =>
    lab.write("all/acme.yaml", JSON.stringify({ ...tenant, limits, ...more }));
  const run = async (...args: readonly string[]) => {
    const { code, out, err } = await lab.run(...args);
    printed.push(out, err);
    return { code, said: out + err };
  };
  const succeeds = async (...args: readonly string[]) => {
    const { code, said } = await run(...args);
    expect([code, said]).toEqual([0, expect.any(String)]);
    return said;
  };

  test("names a plan that is described, beside it or in the same folder", async () => {
    await writeTenant({ machines: 3 }, { plan: "campsu" });
    const { code, said } = await run("preview", "all");
    expect(code).not.toBe(0);
    expect(said).toMatch(/'plan' is "campsu", .* did you mean "campus"\? \[plan\.unknown\]/);
    await writeTenant({ machines: 3 });
    await succeeds("preview", "all/acme.yaml");
  });

  test("is made with the class that it is for, which stays within its limits", async () => {
    expect(await succeeds("preview", "all")).toContain("Documents: 2 to make");
    await succeeds("up", "all", "--yes");
    expect((await lab.machines()).length).toBe(2);
    expect(await succeeds("preview", "all")).toContain("2 unchanged");
    await lab.write("all/more.yaml", klass("more", 2));
    for (const args of [["preview"], ["up", "--yes"]]) {
      const { code, said } = await run(...args, "all");
      expect(code).not.toBe(0);
      expect(said).toMatch(
        /The limits of tenant "acme" leave no room for class "more": machines: 2 asked for, 1 allowed \(limit 3, used 2\)/,
      );
    }
    expect((await lab.machines()).length).toBe(2);
    await lab.write("all/more.yaml", "");
  });

  test("is told to have what no document describes any more, where the whole folder is given", async () => {
    await lab.write("all/class.yaml", "");
    const said = "On main, and in none of these documents: LabClass networks-101 (2 seats).";
    expect(await succeeds("preview", "all")).toContain(said);
    expect(await succeeds("up", "all", "--yes")).toContain(said);
    expect(await succeeds("preview", "all/acme.yaml")).not.toContain("networks-101");
    await lab.write("all/class.yaml", klass("networks-101", 2));
    expect(await succeeds("preview", "all")).not.toContain("in none of these documents");
  });

  test("is told to differ where somebody changed it by hand, field by field, and is put right", async () => {
    await lab.emulator.shell("pve1", "pveum user add ada@pve");
    await writeTenant({ machines: 3 }, { members: ["ada@pve"] });
    await lab.write(
      "all/pool.yaml",
      JSON.stringify({ kind: "Pool", version: 1, name: "lab", poolid: "lab" }),
    );
    await succeeds("up", "all", "--yes");
    const comment = async () => {
      const { stdout } = await lab.emulator.shell("pve1", "pvesh get /pools/acme --output-format json");
      return (JSON.parse(stdout) as { comment: string }).comment; // as Proxmox answers
    };
    const original = await comment();
    const change = async () => {
      const raised = original.replace('"machines":3', '"machines":30');
      await lab.emulator.shell("pve1", `pveum pool modify acme --comment '${raised}'`);
      await lab.emulator.shell("pve1", "pveum pool modify lab --comment mine");
      await lab.emulator.shell("pve1", "pveum user modify ada@pve --groups ''");
    };
    await change();
    const { code, said } = await run("drift", "all");
    expect([code, said]).toEqual([2, expect.stringContaining("coppice drift all --repair brings back")]);
    expect(said).toMatch(/dangerous +acme\.members +members is none, declared ada@pve/);
    expect(said).toMatch(/dangerous +acme\.drift +changed by hand: the limits in the comment of pool acme/);
    expect(said).toMatch(/benign +lab\.comment +comment is "mine", declared none/);
    const json = await lab.run("drift", "all/acme.yaml", "--json");
    expect([json.code, JSON.parse(json.out)]).toMatchObject([
      2,
      {
        result: "drifted",
        documents: [{ drifts: [{ seat: "acme", field: "members" }, { field: "drift" }] }],
      },
    ]);
    const plain = await run("up", "all", "--yes");
    expect([plain.code, plain.said]).toEqual([2, expect.stringContaining("TenantQuota with --refresh")]);
    await succeeds("drift", "all", "--repair", "--yes");
    expect(await comment()).toBe(original);
    expect(await succeeds("drift", "all")).not.toContain("differs");
    await change();
    await succeeds("up", "all", "--refresh", "--yes");
    expect(await comment()).toBe(original);
  });

  test("is not removed, nor its limits set below what it has, while a class is there", async () => {
    await writeTenant({ machines: 1 });
    const lower = await run("preview", "all/acme.yaml");
    expect([lower.code === 0, lower.said]).toEqual([false, expect.stringContaining("[quota.in-use]")]);
    await writeTenant({ machines: 3 });
    // Without --yes: nobody is asked what is refused.
    const { code, said } = await run("destroy", "all/acme.yaml");
    expect(code).toBe(2);
    expect(said).toMatch(
      /Tenant "acme" cannot be removed: its pool still has 2 machines \[networks-101-seat/,
    );
  });

  test("keeps its token's secret out of all that is printed and kept", async () => {
    await succeeds("show", "acme");
    await succeeds("show", "acme", "--json");
    await succeeds("up", "all", "--yes", "--json");
    const tokens = (await lab.emulator.shell("pve1", "cat /etc/pve/priv/token.cfg")).stdout;
    const secret = /^acme@pve!coppice (\S+)/m.exec(tokens)?.[1] ?? "no token";
    expect(secret).toMatch(/^[0-9a-f-]{36}$/);
    expect(printed.join("\n")).not.toContain(secret);
    const home = join(lab.folder, "home");
    const files = (await readdir(home, { recursive: true, withFileTypes: true })).filter((each) =>
      each.isFile(),
    );
    const texts = await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name), "utf8")));
    // But for the file that is there for it.
    expect(texts.filter((each) => each.includes(secret))).toEqual([`acme@pve!coppice=${secret}\n`]);
    const { mode } = await stat(join(home, "tokens/main/acme"));
    expect(mode & 0o777).toBe(0o600);
  });

  test("goes when its class has gone, and leaves nothing", async () => {
    await succeeds("destroy", "all", "--yes");
    const { stdout } = await lab.emulator.shell("pve1", "cat /etc/pve/user.cfg");
    expect(stdout).not.toMatch(/acme|Coppice-Tenant/);
    expect(await readdir(join(lab.folder, "home/tokens/main"))).toEqual([]);
    expect(await lab.machines()).toEqual([]);
  });

  test.each<[string, Moment]>([
    ["its first right was given", { at: "response", method: "PUT", path: /^\/access\/acl$/ }],
    ["its token was made", { at: "response", method: "POST", path: /\/token\/coppice$/ }],
  ])("whose making was killed when %s goes with one removal", async (_, moment) => {
    await writeTenant({ machines: 3 });
    const { pid, ended } = lab.startToEnd(["up", "all/acme.yaml", "--yes"]);
    const watch = strikeAt(lab.emulator, moment, () => {
      for (const each of [pid, ...descendants(pid)]) process.kill(each, "SIGKILL");
      return undefined;
    });
    await ended;
    watch.stop();
    expect(watch.hasStruck()).toBe(true);
    expect((await lab.emulator.shell("pve1", "cat /etc/pve/user.cfg")).stdout).toMatch(/^pool:acme:/m);
    expect(await succeeds("destroy", "all/acme.yaml", "--yes")).toContain("acme");
    const { stdout } = await lab.emulator.shell("pve1", "cat /etc/pve/user.cfg");
    expect(stdout).not.toMatch(/acme|Coppice-Tenant/);
    expect(await readdir(join(lab.folder, "home/tokens/main"))).toEqual([]);
    expect(await succeeds("list")).not.toContain("acme");
  });
});
