import { judgeQuota, moneyOf, noAmounts, quotaRefusal } from "@coppice/core";
import type { Verdicts } from "@coppice/engine";
import { expect, test } from "vitest";
import { verdictLines } from "./verdict-lines.ts";

const GIB = 2 ** 30;
const digest = { text: "0123-4567", parts: { description: "", packages: "", prices: "", world: "" } };
const quotaOf = (machines: number): Verdicts["quota"][number] => {
  const limits = { machines: 40, memory: 256 * GIB };
  const asked = { ...noAmounts, machines, memory: machines * 4 * GIB };
  const used = { ...noAmounts, machines: 10, memory: 20 * GIB };
  const verdict = judgeQuota({ tenant: "acme", what: 'class "lab"', limits, used, asked });
  const { message, code } = quotaRefusal(verdict);
  const refusal = verdict.fits ? {} : { refusal: { message, code } };
  return { tenant: "acme", cluster: "main", verdict, unknown: [], ...refusal };
};
const euros = (micros: number) => moneyOf(micros, "EUR");

test("of each limit is said what is used, asked for, allowed and left, in columns that fit beside a margin", () => {
  const lines = verdictLines({ quota: [quotaOf(25)], digest });
  expect(lines).toEqual([
    "Quota of tenant acme on main     used      asked    allowed               left",
    "  machines                         10         25         30                  5",
    "  memory                       20 GiB    100 GiB    236 GiB            136 GiB",
    "Digest 0123-4567",
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78);
});

test("what is too much is said in its line, and why it is refused below", () => {
  const [, machines, , refusal] = verdictLines({ quota: [quotaOf(31)], digest });
  expect(machines).toMatch(/ 10 +31 +30 +1 too many$/);
  const [, , memory] = verdictLines({ quota: [quotaOf(100)], digest });
  expect(memory).toMatch(/ 20 GiB +400 GiB +236 GiB +164 GiB too much$/);
  expect(refusal).toContain('leave no room for class "lab": machines: 31 asked for, 30 allowed');
});

test("of the cost is said an hour, a month against now, and all until it ends", () => {
  const total = {
    hour: euros(675_500),
    stoppedHour: euros(21_000),
    month: euros(486_359_999),
    untilExpiry: euros(1_459_080_000),
    moreAMonth: euros(-162_120_000),
  };
  const document = { kind: "LabClass", name: "lab", cluster: "main", plan: "campus", forecast: total };
  const unknown = [{ what: 'class "lab"', amounts: ["storage" as const], why: "nobody knows" }];
  const quota = [{ ...quotaOf(0), unknown }];
  const cost = { documents: [document], total, unpriced: [], unknown };
  expect(verdictLines({ quota, cost, digest }).slice(-4)).toEqual([
    "Cost by plan campus: 0.6755 EUR an hour running, 0.021 EUR stopped",
    "  486.36 EUR a month, 162.12 EUR less than now; 1459.08 EUR until it expires",
    'Not counted: storage of class "lab", since nobody knows',
    "Digest 0123-4567",
  ]);
});

test("what ends beside what never does says by itself what it costs until then", () => {
  const forecast = { hour: euros(1), stoppedHour: euros(1), month: euros(720), moreAMonth: euros(720) };
  const ending = { ...forecast, untilExpiry: euros(29_160_000) };
  const lab = { kind: "LabClass", name: "lab", cluster: "main", plan: "campus", forecast: ending };
  const cost = {
    documents: [lab, { ...lab, name: "always", forecast }],
    total: forecast,
    unpriced: [],
    unknown: [],
  };
  expect(verdictLines({ quota: [], cost, digest }).slice(2)).toEqual([
    "  LabClass lab: 29.16 EUR until it expires",
    "Digest 0123-4567",
  ]);
});

test("a tenant whose plan was not given has one quiet line, and who pays nothing has none", () => {
  const unpriced = [{ tenant: "acme", cluster: "main", plan: "campus" }];
  const cost = { documents: [], unpriced, unknown: [] };
  expect(verdictLines({ quota: [], cost, digest })).toEqual([
    "Cost: tenant acme pays by plan campus, which is not among these documents",
    "Digest 0123-4567",
  ]);
  expect(verdictLines({ quota: [], digest })).toEqual(["Digest 0123-4567"]);
});
