import type { BaseGenerationInputs, OverlayPoolInputs } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { bridgesRule } from "./bridges-rule.ts";
import { expiresRule } from "./expires-rule.ts";
import { rootOptionsRule } from "./root-options-rule.ts";
import type { Rule } from "./rule.ts";
import { storagesRule } from "./storages-rule.ts";
import { tagsRule } from "./tags-rule.ts";
import { templatesRule } from "./templates-rule.ts";
import { tenantRule } from "./tenant-rule.ts";

const now = Date.parse("2026-11-01T12:00Z");

const seats = {
  class: "lab",
  tenant: "acme",
  tags: ["owner-ada"],
  expires: "2027-02-28",
  base: { storage: "nas", config: { net0: "virtio,bridge=vmbr0", net1: "virtio,bridge=vmbr1,tag=4" } },
} as unknown as OverlayPoolInputs; // as: what the rules read of it

const generation = {
  class: "lab",
  number: 1,
  tenant: "acme",
  source: 9000,
  storage: "nas",
  vmids: { from: 20_000, to: 20_099 },
} as BaseGenerationInputs; // as: what the rules read of it

function ofSeats<S extends object>(rule: Rule<S>, settings: S, more: Partial<OverlayPoolInputs> = {}) {
  return rule.find.OverlayPool?.({ ...seats, ...more }, { settings, now }) ?? [];
}

function ofGeneration<S extends object>(
  rule: Rule<S>,
  settings: S,
  more: Partial<BaseGenerationInputs> = {},
) {
  return rule.find.BaseGeneration?.({ ...generation, ...more }, { settings, now }) ?? [];
}

/** Seats of which one thing is not said. */
const without = (name: keyof OverlayPoolInputs) => ({ [name]: undefined }) as Partial<OverlayPoolInputs>; // as: by its name

describe("tenant", () => {
  test("has to be named, of seats and of their base", () => {
    const sentence =
      "Class \"lab\" names no tenant, so that nobody's limits count for it. Set 'tenant' to whose machines they are";
    expect(ofSeats(tenantRule, {}, without("tenant"))).toEqual([sentence]);
    const { tenant: _tenant, ...nobodys } = generation;
    expect(tenantRule.find.BaseGeneration?.(nobodys, { settings: {}, now })).toEqual([sentence]);
  });

  test("is one of those allowed, where some are said", () => {
    expect(ofSeats(tenantRule, {})).toEqual([]);
    expect(ofSeats(tenantRule, { allowed: ["acme"] })).toEqual([]);
    const sentence = 'Class "lab" is of tenant "acme", which is not allowed here. Allowed: umbra, hooli';
    expect(ofSeats(tenantRule, { allowed: ["umbra", "hooli"] })).toEqual([sentence]);
    expect(ofGeneration(tenantRule, { allowed: ["umbra", "hooli"] })).toEqual([sentence]);
  });
});

describe("tags", () => {
  test("are there, by name or by their beginning", () => {
    expect(ofSeats(tagsRule, { required: ["owner-*"] })).toEqual([]);
    expect(ofSeats(tagsRule, { required: ["owner-*", "spring", "cost-*"] })).toEqual([
      'Class "lab" has no tag "spring". Add it to \'tags\'',
      'Class "lab" has no tag that begins with "cost-". Add it to \'tags\'',
    ]);
    expect(ofSeats(tagsRule, { required: ["owner-*"] }, without("tags"))).toHaveLength(1);
  });

  test("are added where they are missing", () => {
    const mend = (add: string[], tags?: string[]) =>
      tagsRule.mend?.({ ...seats, ...(tags ? { tags } : without("tags")) }, { settings: { add }, now });
    expect(mend(["owner-it", "spring"], ["spring"])).toEqual({ tags: ["spring", "owner-it"] });
    expect(mend(["owner-it"])).toEqual({ tags: ["owner-it"] });
    expect(mend(["spring"], ["spring"])).toBeUndefined();
    expect(mend([])).toBeUndefined();
  });
});

describe("expires", () => {
  test.each([
    [undefined, 'Class "lab" does not say until when it is needed. Set \'expires\', like "2027-02-28"'],
    [
      "2026-10-31",
      "Class \"lab\" was needed until 2026-10-31, which has passed. Remove it, or set 'expires' to a later day",
    ],
    ["2026-11-01", undefined],
    ["2026-11-11", undefined],
    [
      "2026-11-12",
      "Class \"lab\" says that it is needed until 2026-11-12, more than 10 days ahead. Set 'expires' to an earlier day",
    ],
  ])("%s is judged from today: %s", (expires, sentence) => {
    const more = expires === undefined ? without("expires") : { expires };
    expect(ofSeats(expiresRule, { within: 10 }, more)).toEqual(sentence === undefined ? [] : [sentence]);
  });

  test("is set to the day that the pack says, and to none that is counted from today", () => {
    const mend = (settings: object, more: Partial<OverlayPoolInputs>) =>
      expiresRule.mend?.({ ...seats, ...more }, { settings, now });
    expect(mend({ default: "2027-01-31" }, without("expires"))).toEqual({ expires: "2027-01-31" });
    expect(mend({ within: 10 }, without("expires"))).toBeUndefined();
    expect(mend({ default: "2027-01-31" }, {})).toBeUndefined();
  });
});

describe("bridges", () => {
  test("are those of all cards of the template", () => {
    expect(ofSeats(bridgesRule, {})).toEqual([]);
    expect(ofSeats(bridgesRule, { allowed: ["vmbr0", "vmbr1"] })).toEqual([]);
    expect(ofSeats(bridgesRule, { allowed: ["vmbr0"] })).toEqual([
      'Class "lab" is connected to bridge "vmbr1", which is not allowed here. Allowed: vmbr0',
    ]);
  });

  test("are the class's own instead of the first card's", () => {
    const network = { bridge: "lab-4" };
    expect(ofSeats(bridgesRule, { allowed: ["lab-*", "vmbr1"] }, { network })).toEqual([]);
    expect(ofSeats(bridgesRule, { allowed: [] }, { network })).toEqual([
      'Class "lab" is connected to bridge "lab-4", which is not allowed here. None is allowed',
      'Class "lab" is connected to bridge "vmbr1", which is not allowed here. None is allowed',
    ]);
    expect(ofSeats(bridgesRule, { allowed: ["vmbr0", "vmbr1"] }, { network: { tag: 4 } })).toEqual([]);
  });
});

describe("storages", () => {
  test("are those of disks, data disks and bases", () => {
    const dataDisk = { size: "1GiB", storage: "ssd" } as const;
    expect(ofSeats(storagesRule, {}, { dataDisk })).toEqual([]);
    expect(ofSeats(storagesRule, { allowed: ["nas"] })).toEqual([]);
    expect(ofSeats(storagesRule, { allowed: ["nas"] }, { dataDisk })).toEqual([
      'Class "lab" has disks on storage "ssd", which is not allowed here. Allowed: nas',
    ]);
    expect(ofGeneration(storagesRule, { allowed: ["ssd"] })).toEqual([
      'Class "lab" has its base on storage "nas", which is not allowed here. Allowed: ssd',
    ]);
  });
});

describe("templates", () => {
  test("are those allowed, and the class's own machines from the second generation on", () => {
    expect(ofGeneration(templatesRule, {})).toEqual([]);
    expect(ofGeneration(templatesRule, { allowed: [9000] })).toEqual([]);
    expect(ofGeneration(templatesRule, { allowed: [9001] }, { source: 20_000, number: 2 })).toEqual([]);
    expect(ofGeneration(templatesRule, { allowed: [9001] })).toEqual([
      'Class "lab" is made from template 9000, which is not allowed here. Allowed: 9001',
    ]);
  });

  test("are not made the class's own by numbers that take them in", () => {
    const vmids = { from: 9000, to: 9099 };
    const told = "is made from template 9000, which is not allowed here. Allowed: 9100";
    expect(ofGeneration(templatesRule, { allowed: [9100] }, { vmids })).toEqual([`Class "lab" ${told}`]);
    const found = (generation?: number, allowed = 9100) =>
      templatesRule.find.OverlayVmPool?.(
        { template: { vmid: 9000 }, vmids, ...(generation !== undefined && { generation }) },
        { settings: { allowed: [allowed] }, now },
      );
    expect(found(2)).toEqual([told.replace("is", "Machines are")]);
    expect(found(2, 9000)).toEqual([]);
    // Its generation is refused by itself.
    expect(found()).toEqual([]);
  });
});

describe("options of root", () => {
  test("are none of a class's", () => {
    expect(ofSeats(rootOptionsRule, {})).toEqual([]);
    const config = { args: "-device ivshmem", hookscript: "local:snippets/x.pl", memory: "2048" };
    expect(ofSeats(rootOptionsRule, {}, { base: { ...seats.base, config } })).toEqual([
      "Class \"lab\" takes over 'args', 'hookscript' from its template. Remove it there, or take another template",
    ]);
  });
});
