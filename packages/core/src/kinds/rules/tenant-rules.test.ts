import { describe, expect, test } from "vitest";
import { findMistakes } from "../../description/find-mistakes.ts";
import type { Kind } from "../../description/kind.ts";
import { mistakeSentence } from "../../description/mistake.ts";
import { baseGenerationKind } from "../base-generation.ts";
import { labClassKind } from "../lab-class.ts";
import { overlayPoolKind } from "../overlay-pool.ts";
import { overlayVmPoolKind } from "../overlay-vm-pool.ts";
import { pastExpiry } from "./expiry-rule.ts";

const UNKNOWN = Symbol("unknown");
const given = { template: { vmid: 9000 }, seats: 3, storage: "nas", vmids: { from: 20_000, to: 20_099 } };

/** What the rules on one thing find; whatever else it needs is left out. */
function found(kind: Kind, said: object): string[] {
  const mistakes = findMistakes(kind, said, (value) => value === UNKNOWN, "all");
  return mistakes.map(mistakeSentence).filter((sentence) => /'tenant'|'tags/.test(sentence));
}

describe.each([labClassKind, overlayVmPoolKind])("a tenant of a $name", (kind) => {
  test("has a pool of its own, and no other is named beside it", () => {
    expect(found(kind, { ...given, tenant: "acme" })).toEqual([]);
    expect(found(kind, { ...given, pool: "lab" })).toEqual([]);
    expect(found(kind, { ...given, tenant: "acme", pool: "acme" })).toEqual([
      `'pool' is given ("acme") and 'tenant' too ("acme"), whose own pool it is then; leave one of them out`,
    ]);
  });

  test("is known before the run", () => {
    const mistakes = findMistakes(kind, { ...given, tenant: UNKNOWN }, (value) => value === UNKNOWN);
    expect(mistakes.map(({ path }) => path)).toEqual([["tenant"]]);
  });

  test("is said by 'tenant' and by no tag", () => {
    expect(found(kind, { ...given, tags: ["spring", "tenants", "Tenant-other"] })).toEqual([
      `'tags[2]' is "Tenant-other", and tags of that beginning say whose a machine is; set 'tenant', or choose another tag`,
    ]);
  });
});

test.each([overlayPoolKind, baseGenerationKind])("a $name of a tenant is told of its pool", (kind) => {
  expect(found(kind, { tenant: "acme", pool: "acme" })).toEqual([]);
  expect(found(kind, { tenant: "acme", pool: UNKNOWN })).toEqual([]);
  expect(found(kind, { pool: "lab" })).toEqual([]);
  expect(found(kind, { tenant: "acme" })).toEqual([
    `'pool' is missing, and 'tenant' is "acme"; give the tenant's pool, "acme"`,
  ]);
  expect(found(kind, { tenant: "acme", pool: "lab" })).toEqual([
    `'pool' is "lab", and 'tenant' is "acme"; give the tenant's pool, "acme"`,
  ]);
});

describe("an end", () => {
  const end = Date.UTC(2027, 2, 1);
  test("that has passed is refused when it is set, a day at its end", () => {
    expect(pastExpiry("2027-02-28", undefined, end - 1)).toEqual([]);
    expect(pastExpiry("2027-02-28", undefined, end)).toEqual([
      {
        path: ["expires"],
        reason:
          'is "2027-02-28", which has passed; choose a later time, or remove what is not needed any more',
        code: "expiry.past",
      },
    ]);
    expect(pastExpiry("2027-02-28", "2027-01-31", end)).toHaveLength(1);
  });

  test("that passed while nobody touched it is left alone, and one may be taken out", () => {
    expect(pastExpiry("2027-02-28", "2027-02-28", end)).toEqual([]);
    expect(pastExpiry(undefined, "2027-02-28", end)).toEqual([]);
  });
});
