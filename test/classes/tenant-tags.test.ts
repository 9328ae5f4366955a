import { withLimits } from "@coppice/clusters";
import type { BaseGenerationState, OverlayPoolInputs } from "@coppice/core";
import { createPool, putGuestConfig, readGuestConfig } from "@coppice/pve";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { overlayPoolWith } from "../../packages/provider/src/resources/overlay-pool/overlay-pool.ts";
import { ClassLab, placeOf, poolInputs } from "./class-lab.ts";
import { membersOf } from "./pool-token.ts";

describe("the machines of a tenant", () => {
  let lab: ClassLab;
  let base: BaseGenerationState;
  beforeAll(async () => {
    lab = await ClassLab.start();
    base = await lab.generation();
    for (const poolid of ["acme", "umbra"])
      await createPool(lab.cluster.client, { poolid, comment: withLimits("", poolid, { machines: 40 }) });
    await lab.cluster.control.save("fresh");
  });
  beforeEach(() => lab.cluster.restore("fresh"));
  afterAll(() => lab[Symbol.asyncDispose]());

  const of = (tenant: string) => ({ tenant, pool: tenant });
  const inputs = (more: Partial<OverlayPoolInputs> = {}) =>
    poolInputs(base, { roster: ["ada", "grace"], tags: ["spring"], ...more });
  const tagsOf = async (place: { readonly node: string; readonly vmid: number }) =>
    (await readGuestConfig(lab.cluster.client, place)).tags.filter((tag) => !/^(coppice|cp-)/.test(tag));

  test.each(["overlay", "linked", "bulk"] as const)(
    "carry its tag and are in its pool, made by %s",
    async (method) => {
      if (method === "bulk") await lab.cluster.reconnect({ bulk: true });
      const { state, unfinished } = await lab.bring(inputs({ ...of("acme"), method }));
      expect([unfinished, await membersOf(lab, "acme")]).toEqual([undefined, "20000,20001"]);
      for (const seat of ["ada", "grace"])
        expect(await tagsOf(placeOf(state, seat))).toEqual(["spring", "tenant-acme"]);
      expect(lab.diff(inputs({ ...of("acme"), method }), state).changes).toEqual([]);
      if (method === "bulk") await lab.cluster.reconnect();
    },
  );

  test("get another's tag and pool with the tenant, and none without", async () => {
    const { state } = await lab.bring(inputs(of("acme")));
    const moved = await lab.bring(inputs(of("umbra")), state);
    expect([await membersOf(lab, "acme"), await membersOf(lab, "umbra")]).toEqual(["", "20000,20001"]);
    expect(await tagsOf(placeOf(moved.state, "ada"))).toEqual(["spring", "tenant-umbra"]);
    const left = await lab.bring(inputs(), moved.state);
    expect([await membersOf(lab, "umbra"), await tagsOf(placeOf(left.state, "ada"))]).toEqual([
      "",
      ["spring"],
    ]);
  });

  test("are seen to lack a tag that somebody took, and get it back", async () => {
    const { state } = await lab.bring(inputs(of("acme")));
    const { tags } = await readGuestConfig(lab.cluster.client, placeOf(state, "ada"));
    const fewer = tags.filter((tag) => tag !== "tenant-acme").join(";");
    await putGuestConfig(lab.cluster.client, placeOf(state, "ada"), { tags: fewer });
    const found = await lab.read(state);
    expect(found.exceptions?.["ada"]?.drift).toMatch(/tags.*tenant-acme/);
    const again = await lab.bring(inputs(of("acme")), found);
    expect(await tagsOf(placeOf(again.state, "ada"))).toEqual(["spring", "tenant-acme"]);
  });

  test("have generations that carry it too, whoever's they become", async () => {
    const { state } = await lab.bring(poolInputs(base, { roster: ["teacher"] }));
    const published = { number: 2, source: placeOf(state, "teacher").vmid };
    const made = await lab.generation({ ...published, ...of("acme") });
    const [copy] = Object.entries(made.copies).map(([node, { vmid }]) => ({ node, vmid }));
    if (copy === undefined) throw new Error("there is no copy");
    expect([await tagsOf(copy), await membersOf(lab, "acme")]).toEqual([["tenant-acme"], "20099"]);
    const moved = await lab.changeGeneration(made, { ...published, ...of("umbra") });
    expect([await tagsOf(copy), await membersOf(lab, "umbra")]).toEqual([["tenant-umbra"], "20099"]);
    const left = await lab.changeGeneration(moved, published);
    expect([left.tenant, await tagsOf(copy), await membersOf(lab, "umbra")]).toEqual([undefined, [], ""]);
  });
});

test("a class whose end has passed is refused by its check, unless that was its end before", () => {
  const { check } = overlayPoolWith();
  const generation = {
    number: 1,
    storage: "nas",
    shared: true,
    owned: false,
    copies: {},
    disks: [],
    config: {},
  };
  const range = { from: 100, to: 199 };
  const said = {
    cluster: "main",
    class: "lab",
    base: generation,
    count: 1,
    vmids: range,
    expires: "2027-02-28",
  };
  const now = Date.UTC(2027, 2, 2);
  const codes = (former: object) => check(said, { ...former }, now).mistakes.map(({ code }) => code);
  expect([codes({}), codes({ ...said, expires: "2027-01-01" }), codes(said)]).toEqual([
    ["expiry.past"],
    ["expiry.past"],
    [],
  ]);
});
