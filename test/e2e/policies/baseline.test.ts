import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guestsAndDisks, TEMPLATE_ONLY } from "../class/guests-left.ts";
import { classes, type Judged, PolicyLab } from "./policy-lab.ts";

// Every run starts the engine, a program, the plugin and the pack.
describe("classes under the pack baseline", { timeout: 240_000 }, () => {
  let lab: PolicyLab;
  beforeAll(async () => {
    lab = await PolicyLab.start();
  }, 60_000);
  afterAll(() => lab[Symbol.asyncDispose]());

  const judge = (program: string, config: object, ...args: readonly string[]): Promise<Judged> =>
    lab.run(program, [{ pack: "baseline", config }], ...args);
  const inOneYear = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  const proper = { tenant: "acme", tags: ["owner-ada"], expires: inOneYear };

  test("are refused with what they lack and may not use, and nothing is made", async () => {
    const config = {
      bridges: { allowed: ["lab-*"] },
      storages: { allowed: ["ssd"] },
      templates: { allowed: [9100] },
    };
    const run = await judge(classes({ lab: {} }), config, "up", "--yes");
    expect(run.violations).toEqual([
      '[mandatory] bridges OverlayPool lab: Class "lab" is connected to bridge "vmbr0", which is not allowed here. Allowed: lab-*',
      '[mandatory] expires OverlayPool lab: Class "lab" does not say until when it is needed. Set \'expires\', like "2027-02-28"',
      '[mandatory] storages BaseGeneration lab: Class "lab" has its base on storage "nas", which is not allowed here. Allowed: ssd',
      '[mandatory] storages OverlayPool lab: Class "lab" has disks on storage "nas", which is not allowed here. Allowed: ssd',
      '[mandatory] tags OverlayPool lab: Class "lab" has no tag that begins with "owner-". Add it to \'tags\'',
      '[mandatory] templates BaseGeneration lab: Class "lab" is made from template 9000, which is not allowed here. Allowed: 9100',
      "[mandatory] tenant BaseGeneration lab: Class \"lab\" names no tenant, so that nobody's limits count for it. Set 'tenant' to whose machines they are",
      "[mandatory] tenant OverlayPool lab: Class \"lab\" names no tenant, so that nobody's limits count for it. Set 'tenant' to whose machines they are",
    ]);
    expect([run.code, await guestsAndDisks(lab.emulator)]).toEqual([1, TEMPLATE_ONLY]);
  });

  test("are refused before they are made when nobody previews", async () => {
    const run = await judge(
      classes({ lab: proper }),
      { bridges: { allowed: [] } },
      "up",
      "--yes",
      "--skip-preview",
    );
    expect(run.violations).toEqual([
      '[mandatory] bridges OverlayPool lab: Class "lab" is connected to bridge "vmbr0", which is not allowed here. None is allowed',
    ]);
    expect([run.code, await guestsAndDisks(lab.emulator)]).toEqual([1, TEMPLATE_ONLY]);
  });

  test("pass with a remark where a rule only advises, or without one where it is off", async () => {
    const config = { tags: { enforcementLevel: "advisory" }, expires: "disabled" };
    const run = await judge(classes({ lab: { tenant: "acme" } }), config, "preview");
    expect([run.code, run.violations]).toEqual([
      0,
      [
        '[advisory] tags OverlayPool lab: Class "lab" has no tag that begins with "owner-". Add it to \'tags\'',
      ],
    ]);
  });

  test("get the tags and the date that the pack says, once and for all", async () => {
    const config = {
      tags: { enforcementLevel: "remediate", add: ["owner-it"] },
      expires: { enforcementLevel: "remediate", default: inOneYear },
    };
    const program = classes({
      lab: { tenant: "acme", tags: ["spring"], cloudInit: { password: "only for this test" } },
    });
    const made = await judge(program, config, "up", "--yes", "--skip-preview");
    expect([made.code, made.violations]).toEqual([0, []]);
    const { resources = [] } = await lab.stack.project.state();
    const pool = resources.find(({ urn }) => urn.includes(":OverlayPool::"));
    expect(pool?.inputs).toMatchObject({ tags: ["spring", "owner-it"], expires: inOneYear });
    expect((await judge(program, config, "preview", "--expect-no-changes")).code).toBe(0);
  });

  test("are judged at night by what is recorded of them, without cluster, program or passphrase", async () => {
    const file = join(lab.stack.folder, "stack.json");
    await writeFile(file, await lab.stack.printedBy("stack", "export"));
    const ofNight = await lab.flags([{ pack: "baseline", config: { bridges: { allowed: ["lab-*"] } } }]);
    const { code, stdout } = await lab.stack.run("policy", "analyze", "--file", file, ...ofNight);
    expect([code, stdout]).toEqual([1, expect.stringContaining('is connected to bridge "vmbr0"')]);
    const flags = await lab.flags([{ pack: "baseline" }]);
    const blind = { PULUMI_CONFIG_PASSPHRASE: "another one" };
    const inOrder = await lab.stack.project
      .start(["policy", "analyze", "--file", file, ...flags], blind)
      .finished();
    expect([inOrder.code, inOrder.stderr]).toEqual([0, expect.stringContaining("could not decrypt secrets")]);
    await lab.stack.succeeds("destroy", "--yes", "--skip-preview");
  });

  test.each([
    [
      "of a wrong type",
      { bridges: { allowed: "vmbr0" } },
      "bridges: allowed: Invalid type. Expected: array, given: string",
    ],
    [
      "outside of its limits",
      { expires: { within: 0 } },
      "expires: within: Must be greater than or equal to 1",
    ],
    ["that is no day", { expires: { default: "2027-02-30" } }, '"2027-02-30" is not a day or a time'],
    ["no level", { tags: "strict" }, '"strict" is not a valid enforcement level'],
    [
      "that no rule has",
      { bridges: { alowed: ["vmbr0"] } },
      "has 'alowed', which this rule does not know; did you mean 'allowed'?",
    ],
  ])("are not judged by a setting %s", async (_what, config, sentence) => {
    const run = await judge(classes({ lab: proper }), config, "preview");
    expect([run.code, run.output]).toEqual([1, expect.stringContaining(sentence)]);
  });
});

describe("classes behind the dynamic door", { timeout: 240_000 }, () => {
  test("are refused in their first preview for what it does not know yet, and judged from then on", async () => {
    await using lab = await PolicyLab.start({ "coppice:door": "dynamic" });
    const program = classes({ lab: { tenant: "acme", tags: ["owner-ada"], expires: "2027-02-28" } });
    const packs = [
      { pack: "baseline", config: { bridges: { allowed: ["vmbr0"] }, expires: "disabled" } },
    ] as const;
    const first = await lab.run(program, packs, "preview");
    expect(first.violations).toEqual([
      "[mandatory] bridges OverlayPool lab: The rule cannot be judged: 'base.config' is not known before the run. Through the plugin (coppice:door) it is, unless the base is copied from a machine that the same run makes",
      "[mandatory] root-options OverlayPool lab: The rule cannot be judged: 'base.config' is not known before the run. Through the plugin (coppice:door) it is, unless the base is copied from a machine that the same run makes",
    ]);
    expect(first.code).toBe(1);
    const made = await lab.run(program, packs, "up", "--yes", "--skip-preview");
    expect([made.code, made.violations]).toEqual([0, []]);
    expect((await lab.run(program, packs, "preview", "--expect-no-changes")).code).toBe(0);
    await lab.stack.succeeds("destroy", "--yes", "--skip-preview");
  });
});
