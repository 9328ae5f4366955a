import type { SpecDocument } from "@coppice/spec";
import { describe, expect, test } from "vitest";
import { demandOf, judged } from "../fixtures/judged.ts";
import type { JudgedDocument } from "../judged/judged-document.ts";
import { judgeCost } from "./judge-cost.ts";
import { pricesPart } from "./prices-part.ts";

const now = Date.parse("2026-10-01T00:00Z");
const planOf = (
  name: string,
  { currency = "EUR", coreHour = "0.01", from = "2026-09-01" } = {},
): SpecDocument => ({
  kind: "Plan",
  name,
  cluster: "",
  inputs: { currency, versions: [{ from, prices: { coreHour } }] },
  file: "plans.yaml",
  line: 1,
});
const quotaOf = (name: string, plan?: string) => {
  return { kind: "TenantQuota", name, cluster: "main", inputs: plan === undefined ? {} : { plan } };
};
const acme = judged("lab", { demand: demandOf(1, 3), inputs: { expires: "2026-10-01" } });
const umbra = judged("other", { tenant: "umbra", demand: demandOf(0, 1) });
const euros = (micros: number) => ({ micros, currency: "EUR" });

describe("what documents cost", () => {
  test("is reckoned by the plan of their tenant, against now and until they expire", () => {
    const given = [planOf("campus"), planOf("dear", { coreHour: "0.02" })];
    const tenants = [quotaOf("acme", "campus"), quotaOf("umbra", "dear")];
    const cost = judgeCost({ given, documents: [acme, umbra], tenants, now });
    // Six cores by campus, two by the dear one; two of the six are there already.
    expect(cost?.documents).toMatchObject([
      { name: "lab", plan: "campus", forecast: { hour: euros(60_000), untilExpiry: euros(24 * 60_000) } },
      { name: "other", plan: "dear", forecast: { hour: euros(40_000) } },
    ]);
    expect(cost?.total).toMatchObject({
      month: euros(720 * 100_000),
      moreAMonth: euros(720 * 80_000),
    });
    expect(cost?.total).not.toHaveProperty("untilExpiry");
  });

  test("without a tenant is reckoned by the only plan that is given, and by none of two", () => {
    const documents = [judged("lab", { tenant: undefined, demand: demandOf(0, 1) })];
    const one = { documents, tenants: [], now, given: [planOf("campus")] };
    expect(judgeCost(one)?.documents).toMatchObject([{ plan: "campus" }]);
    expect(judgeCost({ ...one, given: [...one.given, planOf("dear")] })).toBeUndefined();
    expect(judgeCost({ ...one, given: [] })).toBeUndefined();
  });

  test("of a tenant whose plan was not given is not known; of one without a plan nothing", () => {
    const question = { given: [planOf("dear")], documents: [acme, acme], now };
    const missing = judgeCost({ ...question, tenants: [quotaOf("acme", "campus")] });
    expect(missing).toEqual({
      documents: [],
      unpriced: [{ tenant: "acme", cluster: "main", plan: "campus" }],
      unknown: [],
    });
    expect(judgeCost({ ...question, tenants: [quotaOf("acme")] })).toBeUndefined();
  });

  test.each([
    [
      "plan.currency",
      'EUR for LabClass lab of tenant "acme" on main by plan "campus", and CHF for LabClass other of tenant "umbra"',
      planOf("dear", { currency: "CHF" }),
    ],
    [
      "money.overflow",
      'LabClass other of tenant "umbra" on main cannot be priced: An amount of 773094113280000000.00 EUR',
      planOf("dear", { coreHour: "999999.999999999999" }),
    ],
    [
      "plan.unknown",
      'LabClass other of tenant "umbra" on main cannot be priced: Plan "dear" has no prices for 2026-10-01',
      planOf("dear", { from: "2026-11-01" }),
    ],
  ])("is refused with %s, and says whose it is", (code, message, dear) => {
    const huge = { ...demandOf(0, 0), after: { machines: 1, cores: 2 ** 30, memory: 0, storage: 0 } };
    const documents = [acme, { ...umbra, demand: code === "money.overflow" ? huge : umbra.demand }];
    const tenants = [quotaOf("acme", "campus"), quotaOf("umbra", "dear")];
    const cost = judgeCost({ given: [planOf("campus"), dear], documents, tenants, now });
    expect(cost).toMatchObject({
      documents: [],
      refusal: { code, message: expect.stringContaining(message) },
    });
  });
});

test("prices are the same as time goes by, until other ones count", () => {
  const versions = [
    { from: "2026-09-01", prices: { coreHour: "0.01" } },
    { from: "2026-11-01", prices: { coreHour: "0.02" } },
  ];
  const given = [{ ...planOf("campus"), inputs: { currency: "EUR", versions } }];
  const at = (time: number) => pricesPart({ given, documents: [], tenants: [], now: time });
  expect(at(now + 1)).toEqual(at(now));
  expect(at(Date.parse("2026-11-01T00:00Z"))).not.toEqual(at(now));
});

test("prices are the same in whatever order documents and plans are given", () => {
  const given = [planOf("campus"), planOf("dear")];
  const part = (plans: readonly SpecDocument[], documents: readonly JudgedDocument[]) =>
    pricesPart({ given: plans, documents, tenants: [], now });
  expect(part([...given].reverse(), [umbra, acme])).toEqual(part(given, [acme, umbra]));
});
