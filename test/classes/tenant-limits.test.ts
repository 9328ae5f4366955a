import { withLimits } from "@coppice/clusters";
import {
  type Amounts,
  addAmounts,
  amountNames,
  type BaseGenerationState,
  type Limits,
  type OverlayPoolInputs,
  seatsDemand,
  templateAmounts,
  wantedSeatsOf,
} from "@coppice/core";
import { createPool, updatePool } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ClassLab, poolInputs } from "./class-lab.ts";
import { membersOf } from "./pool-token.ts";
import { TenantLab } from "./tenant-lab.ts";

describe("the limits of a tenant's pool", () => {
  let lab: ClassLab;
  let base: BaseGenerationState;
  beforeAll(async () => {
    lab = await ClassLab.start();
    base = await lab.generation();
    await createPool(lab.cluster.client, { poolid: "acme", comment: "Physics" });
    await lab.cluster.control.save("fresh");
  });
  beforeEach(async () => {
    await lab.cluster.restore("fresh");
    await lab.cluster.reconnect();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  const owned = { tenant: "acme", pool: "acme" };
  const dataDisk = { size: "1GiB", storage: "nas" } as const;
  const inputs = (more: Partial<OverlayPoolInputs> = {}) =>
    poolInputs(base, { roster: ["ada", "grace"], dataDisk, ...owned, ...more });
  const another = (more: Partial<OverlayPoolInputs> = {}) =>
    inputs({ class: "other", vmids: { from: 21_000, to: 21_099 }, ...more });
  const takes = (of: OverlayPoolInputs) => seatsDemand(wantedSeatsOf(of));
  const limit = (limits: Limits) =>
    updatePool(lab.cluster.client, { poolid: "acme", comment: withLimits("Physics", "acme", limits) });
  const less = (amounts: Amounts, name: keyof Amounts): Limits => ({ [name]: amounts[name] - 1 });
  const machines = async () => (await membersOf(lab, "acme")).split(",").filter((vmid) => vmid !== "");
  const known = async () => lab.cluster.shell("pve1", "ls /etc/pve/nodes/*/qemu-server");

  describe.each(amountNames)("on %s", (name) => {
    test("let through what fits and what fills them, and refuse one more before anything is made", async () => {
      const all = takes(inputs());
      const before = await known();
      await limit(less(all, name));
      const refused = new RegExp(
        `^The limits of tenant "acme" leave no room for class "lab": ${name}: .* \\[quota\\.exceeded\\]$`,
      );
      await expect(lab.preview(inputs())).rejects.toThrow(refused);
      await expect(lab.bring(inputs())).rejects.toThrow(refused);
      expect(await known()).toBe(before);
      for (const most of [all[name], all[name] + 1]) {
        await limit({ [name]: most });
        await lab.preview(inputs());
      }
      await limit({ [name]: all[name] });
      const { state, unfinished } = await lab.bring(inputs());
      expect([unfinished, await machines()]).toEqual([undefined, ["20000", "20001"]]);
      expect(state.seats).toHaveProperty("ada");
    });

    test("hold a class that grows, of which what it has is counted once", async () => {
      const grown = inputs({ roster: ["ada", "grace", "linus"] });
      await limit({ [name]: takes(grown)[name] });
      const { state } = await lab.bring(inputs());
      await limit(less(takes(grown), name));
      await expect(lab.preview(grown, state)).rejects.toThrow(/quota\.exceeded/);
      await expect(lab.bring(grown, state)).rejects.toThrow(/quota\.exceeded/);
      await limit({ [name]: takes(grown)[name] });
      await lab.preview(grown, state);
      const { unfinished } = await lab.bring(grown, state);
      expect([unfinished, (await machines()).length]).toEqual([undefined, 3]);
    });

    test("refuse a second class by what the first has", async () => {
      // Of the first class's machines Proxmox lists one disk each.
      const { dataDisk: _, ...first } = inputs();
      const both = addAmounts(takes(first), takes(another()));
      await limit(less(both, name));
      await lab.bring(first);
      await expect(lab.bring(another(), undefined, { name: "other" })).rejects.toThrow(/class "other"/);
      await limit({ [name]: both[name] });
      await lab.bring(another(), undefined, { name: "other" });
      expect((await machines()).length).toBe(4);
    });
  });

  test("are asked for no cores and no memory by a template, which never runs", async () => {
    expect(templateAmounts(base)).toMatchObject({ machines: 1, cores: 0, memory: 0 });
    await limit({ cores: 0, memory: 0 });
    await lab.generation(await teacher({ number: 2, ...owned }));
    expect(await machines()).toEqual(["20099"]);
  });

  test.each(["machines", "storage"] as const)("on %s hold the template of a generation", async (name) => {
    const copy = { number: 2, ...owned };
    const all = templateAmounts(base);
    await limit(less(all, name));
    const refused = /leave no room for generation 2 of class "lab": .*\[quota\.exceeded\]/;
    await expect(lab.previewGeneration(await teacher(copy))).rejects.toThrow(refused);
    await expect(lab.generation(await teacher(copy))).rejects.toThrow(refused);
    expect(await machines()).toEqual([]);
    await limit({ [name]: all[name] });
    await lab.generation(await teacher(copy));
    expect(await machines()).toEqual(["20099"]);
  });

  /** A machine outside the pool to make a generation from, made once. */
  async function teacher(more: object): Promise<object> {
    const own = poolInputs(base, { class: "teachers", roster: ["t"], vmids: { from: 22_000, to: 22_009 } });
    const made = (await known()).includes("22000.conf");
    if (!made) await lab.bring(own, undefined, { name: "teachers" });
    return { source: 22_000, ...more };
  }

  test("hold two classes of one run, which are made at the same time", async () => {
    await limit({ machines: 3 });
    const run = (of: OverlayPoolInputs) => lab.bring(of, undefined, { name: of.class });
    const ended = await Promise.allSettled([run(inputs()), run(another())]);
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await machines()).length).toBe(2);
  });

  test("show the second class of one preview that it would not fit", async () => {
    await limit({ machines: 3 });
    await lab.preview(inputs());
    await expect(lab.preview(another(), undefined, { name: "other" })).rejects.toThrow(
      /machines: 2 asked for, 1 allowed \(limit 3, used 0, reserved 2\), 1 too many/,
    );
  });

  test("are those of a tenant that there is, and that somebody made one of", async () => {
    await createPool(lab.cluster.client, {
      poolid: "umbra",
      comment: withLimits("", "umbra", { machines: 1 }),
    });
    const named = (tenant: string) => inputs({ tenant, pool: tenant });
    for (const attempt of [lab.preview(named("amce")), lab.bring(named("amce"))])
      await expect(attempt).rejects.toThrow(
        /^The seats of class 'lab' cannot be made: 'tenant' names 'amce', and cluster 'main' has no such tenant; it has umbra\. .*\[quota\.unknown-tenant\]$/,
      );
    const copy = await teacher({ number: 2, tenant: "amce", pool: "amce" });
    for (const attempt of [lab.previewGeneration(copy), lab.generation(copy)])
      await expect(attempt).rejects.toThrow(/^Generation 2 of class 'lab' .*\[quota\.unknown-tenant\]$/);
    await expect(lab.bring(inputs())).rejects.toThrow(
      /the pool of that name in cluster 'main' has no limits.*\[quota\.unknown-tenant\]$/,
    );
    const { tenant: _tenant, ...plain } = named("amce");
    await expect(lab.bring(plain)).rejects.toThrow(/\[pool\.no-pool\]$/);
    expect(await machines()).toEqual([]);
  });

  test("are in a preview those that the same run will have set, of a tenant that is still to be made too", async () => {
    const tenants = new TenantLab(lab.cluster);
    const named = inputs({ tenant: "umbra", pool: "umbra" });
    await expect(lab.preview(named)).rejects.toThrow(/quota\.unknown-tenant/);
    await tenants.preview("umbra", { limits: { machines: 2 } });
    await lab.preview(named);
    const more = { ...named, roster: ["ada", "grace", "linus"] };
    await expect(lab.preview(more)).rejects.toThrow(/machines: 3 asked for, 2 allowed \(limit 2, used 0\)/);
    // A run knows no tenant but those that there are.
    await expect(lab.bring(named)).rejects.toThrow(/quota\.unknown-tenant/);
    const state = await tenants.bring("umbra", { limits: { machines: 2 } });
    await lab.cluster.reconnect();
    await expect(lab.preview(more)).rejects.toThrow(/limit 2/);
    await tenants.preview("umbra", { limits: { machines: 3 } }, state);
    await lab.preview(more);
  });

  test("let a class shrink that is above them, and leave what asks for nothing alone", async () => {
    await limit({ machines: 2 });
    const { state } = await lab.bring(inputs());
    await limit({ machines: 0, cores: 0, memory: 0, storage: 0 });
    await lab.preview(inputs(), state);
    await lab.bring(inputs(), state);
    const { state: fewer } = await lab.bring(inputs({ roster: ["ada"] }), state);
    expect(await machines()).toEqual(["20000"]);
    await lab.destroy(fewer);
    expect(await machines()).toEqual([]);
  });

  test("hold a class that comes into the pool, and one whose machines are to be larger", async () => {
    const { tenant: _tenant, pool: _pool, ...free } = inputs();
    const { state } = await lab.bring(free);
    await limit({ machines: 1 });
    await expect(lab.bring(inputs(), state)).rejects.toThrow(/machines: 2 asked for, 1 allowed/);
    await limit({ machines: 2, cores: takes(inputs()).cores });
    const { state: joined } = await lab.bring(inputs(), state);
    const larger = inputs({ hardware: { cores: 8 } });
    await expect(lab.preview(larger, joined)).rejects.toThrow(/cores: .* \[quota\.exceeded\]/);
    await expect(lab.bring(larger, joined)).rejects.toThrow(/cores: .* \[quota\.exceeded\]/);
  });

  test("hold a generation that comes into the pool", async () => {
    const made = await lab.generation(await teacher({ number: 2 }));
    await limit({ machines: 0 });
    const coming = await teacher({ number: 2, ...owned });
    await expect(lab.changeGeneration(made, coming)).rejects.toThrow(
      /no room for generation 2 of class "lab": machines: 1 asked for, 0 allowed/,
    );
    expect(await machines()).toEqual([]);
    await limit({ machines: 1 });
    const moved = await lab.changeGeneration(made, coming);
    await limit({ machines: 0 });
    await lab.changeGeneration(moved, coming);
    expect(await machines()).toEqual(["20099"]);
  });

  test("do not count what an interrupted run made of the class twice", async () => {
    await limit({ machines: 2 });
    // Its state is lost: the next run finds machines with its mark, in the pool already.
    await lab.bring(inputs());
    const { unfinished } = await lab.bring(inputs());
    expect([unfinished, (await machines()).length]).toEqual([undefined, 2]);
  });

  test("are not trusted when somebody wrote them by hand", async () => {
    const comment = withLimits("", "acme", { machines: 1 }).replace(":1,", ":1, ");
    await updatePool(lab.cluster.client, { poolid: "acme", comment });
    for (const attempt of [lab.preview(inputs()), lab.bring(inputs())])
      await expect(attempt).rejects.toThrow(/pool 'acme' cannot be trusted.*\[quota\.mark\]/);
    expect(await machines()).toEqual([]);
  });

  test("are read with the pool, which is asked for anyway", async () => {
    const asked = async () => {
      lab.cluster.control.resetCounters();
      await lab.preview(inputs());
      return lab.cluster.control.counters().requests;
    };
    await limit({ machines: 40 });
    const asks = await asked();
    expect(asks["GET /pools"]).toBe(1);
    await lab.bring(another(), undefined, { name: "other" });
    expect(await asked()).toEqual(asks);
  });
});
