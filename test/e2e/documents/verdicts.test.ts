import { withLimits } from "@coppice/clusters";
import type { Limits } from "@coppice/core";
import { createPool, updatePool } from "@coppice/pve";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DocumentsLab } from "./documents-lab.ts";

const classOf = (seats: number, { name = "networks-101", tenant = "acme", more = "" } = {}) => `\
kind: LabClass
version: 1
name: ${name}
cluster: main
template: { vmid: 9000 }
seats: ${seats}
hardware: { cores: 2, memory: 4GiB }
storage: nas
tenant: ${tenant}
${more}`;

const tenantOf = (name: string) => `\
kind: TenantQuota
version: 1
name: ${name}
cluster: main
limits: { machines: 2 }
plan: campus
templates: [9000]
storages: [nas]
`;

const plan = (coreHour = "0.01") => `\
kind: Plan
version: 1
name: campus
currency: EUR
versions:
  - from: 2020-01-01
    prices: { coreHour: "${coreHour}" }
`;

/** The parts of what `--json` prints that the tests look at. */
interface Told {
  readonly result: string;
  readonly verdicts: {
    readonly quota: readonly {
      readonly tenant: string;
      readonly verdict?: { readonly fits: boolean; readonly lines: readonly object[] };
      readonly refusal?: { readonly message: string; readonly code: string };
    }[];
    readonly cost: {
      readonly documents: readonly object[];
      readonly total?: { readonly month: object; readonly moreAMonth: object };
    } | null;
    readonly digest: { readonly text: string; readonly parts: Readonly<Record<string, string>> };
  };
}

/** One home; the tests stand on each other. */
describe("the verdicts of a preview", { timeout: 120_000 }, () => {
  let lab: DocumentsLab;
  beforeAll(async () => {
    lab = await DocumentsLab.start();
    await createPool(lab.cluster.client, { poolid: "acme", comment: "Physics" });
  }, 60_000);
  afterAll(() => lab.remove());

  const limit = async (limits: Limits) =>
    await updatePool(lab.cluster.client, { poolid: "acme", comment: withLimits("Physics", "acme", limits) });
  const preview = async (...words: string[]) => {
    const { out } = await lab.run("preview", ...words, "--json");
    return JSON.parse(out) as Told; // as the guide says
  };
  const digest = async (...words: string[]) => (await preview(...words)).verdicts.digest.text;

  test("tell use, what is asked for, and what is left of each limit", async () => {
    await limit({ machines: 5, cores: 100 });
    const file = await lab.write("class.yaml", classOf(3));
    const { code, out } = await lab.run("preview", file);
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.trimEnd().replace(/ +/g, " "))).toEqual(
      expect.arrayContaining([
        "Quota of tenant acme on main used asked allowed left",
        " machines 0 3 5 2",
        " cores 0 6 100 94",
      ]),
    );
  });

  test("refuse what does not fit once, in one sentence, and nothing is made", async () => {
    const file = await lab.write("class.yaml", classOf(6));
    for (const command of [["preview"], ["up", "--yes"]]) {
      const { code, out } = await lab.run(...command, file);
      expect(code).toBe(2);
      expect(out.match(/leave no room for class "networks-101"/g)).toHaveLength(1);
      expect(out).toContain("6 asked for, 5 allowed (limit 5, used 0), 1 too many");
    }
    expect(await lab.machines()).toEqual([]);
  });

  test("judge what documents of a tenant ask for together", async () => {
    const files = [
      await lab.write("one.yaml", classOf(3, { name: "one" })),
      await lab.write("two.yaml", classOf(3, { name: "two" })),
    ];
    const { result, verdicts } = await preview(...files);
    expect(result).toBe("refused");
    expect(verdicts.quota).toMatchObject([
      { tenant: "acme", verdict: { fits: false, lines: [{ asked: 6, allowed: 5, over: 1 }, {}] } },
    ]);
  });

  test("tell what it costs by the plan that is given, and how much more that is than now", async () => {
    const file = await lab.write("class.yaml", classOf(3));
    const campus = await lab.write("campus.yaml", plan());
    expect((await preview(file)).verdicts.cost).toBeNull();
    const { cost } = (await preview(file, campus)).verdicts;
    // Three seats of two cores, at a cent an hour, for 720 hours.
    const month = { micros: 43_200_000, currency: "EUR" };
    expect(cost?.total).toMatchObject({ month, moreAMonth: month });
    const { code, out } = await lab.run("preview", file, campus);
    expect([code, out]).toEqual([0, expect.stringContaining("43.20 EUR a month, 43.20 EUR more than now")]);
  });

  test("take limits and plan of a tenant from its TenantQuota, as it is given or as it was made", async () => {
    const tenant = await lab.write("umbra.yaml", tenantOf("umbra"));
    const file = await lab.write("umbra/class.yaml", classOf(3, { name: "shadows", tenant: "umbra" }));
    const { result, verdicts } = await preview(tenant, file, "campus.yaml");
    expect([result, verdicts.quota]).toMatchObject([
      "refused",
      [{ tenant: "umbra", verdict: { lines: [{ limit: 2, used: 0, asked: 3 }] } }],
    ]);
    expect((await lab.run("up", tenant, "--yes")).code).toBe(0);
    const { out } = await lab.run("preview", file);
    expect(out.match(/leave no room for class "shadows"/g)).toHaveLength(1);
    expect(out).not.toContain("Cost");
    const fitting = await lab.write("umbra/class.yaml", classOf(2, { name: "shadows", tenant: "umbra" }));
    expect((await lab.run("preview", fitting)).out).toContain(
      "Cost: tenant umbra pays by plan campus, which is not among these documents",
    );
  });

  test("have the same digest as long as nothing changes, also of machines that run", async () => {
    const words = ["class.yaml", "campus.yaml"];
    const accepted = await digest(...words);
    const up = await lab.run("up", ...words, "--accept", accepted);
    expect([up.code, up.err]).toEqual([0, expect.not.stringContaining("coppice:")]);
    expect(await lab.machines()).toHaveLength(3);
    await lab.emulator.shell(
      "pve1",
      "for id in $(qm list | awk 'NR>1 && $1>20000 {print $1}'); do qm start $id; done",
    );
    await lab.write("class.yaml", classOf(2, { more: "expires: 2099-01-01\n" }));
    const shrinking = await digest(...words);
    expect(await digest(...words)).toBe(shrinking);
    expect(shrinking).not.toBe(accepted);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["the documents", async () => await lab.write("class.yaml", classOf(1))],
    ["the prices", async () => await lab.write("campus.yaml", plan("0.02"))],
    ["what there is on the cluster", async () => await limit({ machines: 4 })],
  ])("refuse a digest after a change of %s, and change nothing", async (what, change) => {
    const words = ["class.yaml", "campus.yaml"];
    await lab.write("class.yaml", classOf(2));
    const accepted = await digest(...words);
    await change();
    const machines = await lab.machines();
    const { code, err } = await lab.run("up", ...words, "--accept", accepted);
    expect([code, err]).toEqual([2, expect.stringContaining(what)]);
    expect(err).toContain("[digest.changed]");
    expect(err.match(/, and in /g)).toBeNull();
    expect(await lab.machines()).toEqual(machines);
  });
});
