import { expect, test } from "vitest";
import { findMistakes } from "../description/find-mistakes.ts";
import { mistakeSentence } from "../description/mistake.ts";
import { planType } from "./plan.ts";

const prices = { coreHour: "0.0045" };
const plan = { currency: "EUR", versions: [{ from: "2026-09-01", prices }] };

test.each([
  [{ currency: "eur" }, `'currency' is "eur", not a currency; write its code`],
  [{ versions: [] }, "'versions' is an empty list; give the prices of one version at least"],
  [
    { versions: [{ from: "2026-02-30", prices }] },
    `'versions[0].from' is "2026-02-30", not a day or a time;`,
  ],
  [{ versions: [{ from: "2026-09-01", prices: { coreHour: "1,5" } }] }, `is "1,5", not a price; write up to`],
  [{ versions: [{ from: "2026-09-01", prices: { coreHour: "-1" } }] }, `is "-1", not a price`],
  [{ versions: [{ from: "2026-09-01", prices: { coreHour: "1000000" } }] }, `is "1000000", not a price`],
  [
    {
      versions: [
        { from: "2026-09-02T00:00+02:00", prices },
        { from: "2026-09-01", prices },
      ],
    },
    `'versions[1].from' is "2026-09-01", not later than that of the version before`,
  ],
])("a plan with %j is refused", (said, sentence) => {
  const mistakes = findMistakes(planType, { ...plan, ...said }).map(mistakeSentence);
  expect(mistakes).toEqual([expect.stringContaining(sentence)]);
});

test("a plan with versions in order has no mistakes", () => {
  const versions = [...plan.versions, { from: "2026-09-02T00:00+02:00", prices: {} }];
  expect(findMistakes(planType, { ...plan, versions })).toEqual([]);
});
