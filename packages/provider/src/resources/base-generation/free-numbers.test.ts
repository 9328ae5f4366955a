import { expect, test } from "vitest";
import { FreeNumbers } from "./free-numbers.ts";

test("takes the highest that nobody has, each once, and passes over what a former machine left something on", () => {
  const guests = new Map([[109, { vmid: 109, node: "pve1", tags: [], running: false, template: false }]]);
  const traces = { numbers: new Map([[108, "HA names it"]]) };
  const numbers = new FreeNumbers({ from: 106, to: 109 }, { guests }, traces);
  const warnings: string[] = [];
  const take = () => numbers.takeHighest((warning) => warnings.push(warning));
  expect([take(), take(), take()]).toEqual([107, 106, undefined]);
  expect(warnings).toEqual(["Number 108 is passed over: its former machine left something: HA names it."]);
});
