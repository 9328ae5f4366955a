import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guestsAndDisks, TEMPLATE_ONLY } from "../class/guests-left.ts";
import { classes, type Judged, PolicyLab } from "./policy-lab.ts";

const limits = (of: object, tenant = "acme") => ({ "tenant-limits": { limits: { main: { [tenant]: of } } } });

/** The sentence of a class of three on template 9000, as everybody tells it. */
const tooMuch = (name: string, why: string, tenant = "acme") =>
  `The limits of tenant "${tenant}" leave no room for class "${name}": ${why}. ` +
  "Ask for less, remove what the tenant does not need any more, or have an operator raise its limits [quota.exceeded]";

// Every run starts the engine, a program, the plugin and the pack.
describe("classes under the pack quota", { timeout: 240_000 }, () => {
  let lab: PolicyLab;
  beforeAll(async () => {
    lab = await PolicyLab.start();
  }, 60_000);
  afterAll(() => lab[Symbol.asyncDispose]());

  const judge = (program: string, config: object, ...args: readonly string[]): Promise<Judged> =>
    lab.run(program, [{ pack: "quota", config }], ...args);
  const ofAcme = (...names: readonly string[]) =>
    classes(Object.fromEntries(names.map((name) => [name, { tenant: "acme" }])), true);

  test("fit exactly, and are refused with one less of anything, told in one sentence each", async () => {
    const full = { machines: 3, cores: 3, memory: "3GiB", storage: "6GiB" };
    const fits = await judge(ofAcme("lab"), limits(full), "preview");
    expect([fits.code, fits.violations]).toEqual([0, []]);
    const less = { machines: 2, cores: 2, memory: "2GiB", storage: "5GiB" };
    const over = await judge(ofAcme("lab"), limits(less), "preview");
    const why =
      "machines: 3 asked for, 2 allowed (limit 2, used 0), 1 too many; " +
      "cores: 3 asked for, 2 allowed (limit 2, used 0), 1 too many; " +
      "memory: 3 GiB asked for, 2 GiB allowed (limit 2 GiB, used 0 bytes), 1 GiB too much; " +
      "storage: 6 GiB asked for, 5 GiB allowed (limit 5 GiB, used 0 bytes), 1 GiB too much";
    expect([over.code, over.violations]).toEqual([
      1,
      [`[mandatory] tenant-limits OverlayPool lab: ${tooMuch("lab", why)}`],
    ]);
  });

  test("and machines that are no class are counted alike, in the order of the program", async () => {
    const program = `${ofAcme("lab")}
      import { OverlayVmPool } from "@coppice/components";
      new OverlayVmPool("runners", {
        tenant: "acme", template: { vmid: 9000 }, seats: 2, storage: "nas", vmids: { from: 30000, to: 30099 },
        hardware: { cores: 2 }, dataDisk: { size: "1GiB" },
      }, { dependsOn: made });`;
    const exactly = limits({ machines: 5, cores: 7, memory: "5GiB", storage: "12GiB" });
    expect((await judge(program, exactly, "preview")).violations).toEqual([]);
    const less = await judge(program, limits({ cores: 6, storage: "11GiB" }), "preview");
    const why =
      "cores: 4 asked for, 3 allowed (limit 6, used 3), 1 too many; " +
      "storage: 6 GiB asked for, 5 GiB allowed (limit 11 GiB, used 6 GiB), 1 GiB too much";
    expect(less.violations).toEqual([
      `[mandatory] tenant-limits OverlayPool runners: ${tooMuch("runners", why)}`,
    ]);
  });

  test("are told what they would be told without the pack, and nothing is made either way", async () => {
    const program = classes({ lab: { tenant: "umbra", seats: 6 } });
    const why = "machines: 6 asked for, 5 allowed (limit 5, used 0), 1 too many";
    const sentence = tooMuch("lab", why, "umbra");
    await lab.stack.write(program);
    const without = await lab.stack.run("up", "--yes");
    expect([without.code, `${without.stdout}${without.stderr}`]).toEqual([
      1,
      expect.stringContaining(sentence),
    ]);
    const under = await judge(program, limits({ machines: 5, cores: 100 }, "umbra"), "up", "--yes");
    expect([under.code, under.violations]).toEqual([
      1,
      [`[mandatory] tenant-limits OverlayPool lab: ${sentence}`],
    ]);
    expect(await guestsAndDisks(lab.emulator)).toEqual(TEMPLATE_ONLY);
  });

  test("count each other and what the configuration says of elsewhere", async () => {
    const config = limits({ machines: 10 });
    Object.assign(config["tenant-limits"], { used: { main: { acme: { machines: 5 } } } });
    const run = await judge(ofAcme("lab", "other"), config, "preview");
    const why = "machines: 3 asked for, 2 allowed (limit 10, used 8), 1 too many";
    expect(run.violations).toEqual([`[mandatory] tenant-limits OverlayPool other: ${tooMuch("other", why)}`]);
  });

  test("are made up to the one that is too much when nobody previews, and judged at night", async () => {
    const config = limits({ machines: 5 });
    const run = await judge(ofAcme("lab", "other"), config, "up", "--yes", "--skip-preview");
    const why = "machines: 3 asked for, 2 allowed (limit 5, used 3), 1 too many";
    expect([run.code, run.violations]).toEqual([
      1,
      [`[mandatory] tenant-limits OverlayPool other: ${tooMuch("other", why)}`],
    ]);
    const there = await guestsAndDisks(lab.emulator);
    expect(there.filter((name) => name.startsWith("201"))).toEqual([]);
    const file = join(lab.stack.folder, "stack.json");
    await writeFile(file, await lab.stack.printedBy("stack", "export"));
    const atNight = async (machines: number) => {
      const flags = await lab.flags([{ pack: "quota", config: limits({ machines }) }]);
      return await lab.stack.run("policy", "analyze", "--file", file, ...flags);
    };
    expect((await atNight(3)).code).toBe(0);
    const { code, stdout } = await atNight(2);
    expect([code, stdout]).toEqual([1, expect.stringContaining("machines: 3 asked for, 2 allowed")]);
  });

  test("of a run that targets one count with those that it leaves alone", async () => {
    const target = "urn:pulumi:test::lab-class::coppice:index:LabClass$coppice:index:OverlayPool::lab";
    const run = await judge(ofAcme("lab"), limits({ machines: 2 }), "preview", "--target", target);
    expect(run.violations).toHaveLength(1);
    const packs = [
      { pack: "quota", config: limits({ machines: 3 }) },
      { pack: "baseline", config: { tags: "disabled", expires: "disabled" } },
    ] as const;
    const both = await lab.run(ofAcme("lab", "other"), packs, "preview", "--target", target);
    expect([both.code, both.violations]).toEqual([0, []]);
    await lab.stack.succeeds("destroy", "--yes", "--skip-preview");
  });

  test("are held to the limits that their stack sets, whose tenant is not there yet", async () => {
    const program = `import { LabClass, TenantQuota } from "@coppice/components";
      const hooli = new TenantQuota("hooli", { limits: { machines: 2 }, templates: [9000], storages: ["nas"] });
      const args = { tenant: "hooli", template: { vmid: 9000 }, seats: 3, storage: "nas", vmids: { from: 20000, to: 20099 } };
      new LabClass("lab", args, { dependsOn: [hooli] });`;
    const run = await judge(program, {}, "preview");
    const why = "machines: 3 asked for, 2 allowed (limit 2, used 0), 1 too many";
    expect(run.violations).toEqual([
      `[mandatory] tenant-limits OverlayPool lab: ${tooMuch("lab", why, "hooli")}`,
    ]);
  });

  test("of a tenant that nobody has set limits for are refused", async () => {
    const run = await judge(ofAcme("lab"), {}, "preview");
    expect([run.code, run.violations]).toEqual([
      1,
      [
        '[mandatory] tenant-limits OverlayPool lab: Class "lab" cannot be held to limits: neither the pack\'s configuration nor ' +
          "this stack sets any for tenant \"acme\" on cluster \"main\". Correct 'tenant', or add its limits to 'limits' of the " +
          "configuration [quota.unknown-tenant]",
      ],
    ]);
  });

  test.each([
    ["a size without a unit", { memory: 4 }, "memory: Invalid type. Expected: string, given: integer"],
    ["an amount that there is not", { seats: 4 }, "Additional property seats is not allowed"],
    ["fewer than none", { machines: -1 }, "machines: Must be greater than or equal to 0"],
    ["nothing", {}, "Must have at least 1 properties"],
  ])("are not held to limits of %s", async (_what, of, sentence) => {
    const run = await judge(ofAcme("lab"), limits(of), "preview");
    expect([run.code, run.output]).toEqual([1, expect.stringContaining(sentence)]);
  });
});

test("behind the dynamic door a class is refused while nobody knows what it asks for, and then before it is made", {
  timeout: 240_000,
}, async () => {
  await using lab = await PolicyLab.start({ "coppice:door": "dynamic" });
  const program = classes({ lab: { tenant: "acme" } });
  const judge = (machines: number, ...args: readonly string[]) =>
    lab.run(program, [{ pack: "quota", config: limits({ machines }) }], ...args);
  expect((await judge(3, "preview")).violations).toEqual([
    expect.stringContaining("What is asked for cannot be counted: 'base."),
  ]);
  const why = "machines: 3 asked for, 2 allowed (limit 2, used 0), 1 too many";
  const over = await judge(2, "up", "--yes", "--skip-preview");
  expect([over.code, over.violations]).toEqual([
    1,
    [`[mandatory] tenant-limits OverlayPool lab: ${tooMuch("lab", why)}`],
  ]);
  expect(await guestsAndDisks(lab.emulator)).toEqual(TEMPLATE_ONLY);
});
