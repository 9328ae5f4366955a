import { expect, test } from "vitest";
import { baseGeneration } from "./base-generation.ts";

const given = {
  cluster: "main",
  class: "lab",
  source: 9000,
  storage: "nas",
  vmids: { from: 20_000, to: 20_099 },
};

function reasons(last: number, number: number, more: object = {}) {
  const { mistakes } = baseGeneration.check({ ...given, number }, { ...given, number: last, ...more });
  return mistakes.map(({ reason }) => reason);
}

test("generations count by one, and the reason says which number is next", () => {
  expect(baseGeneration.check({ ...given, number: 7 }).mistakes).toEqual([]);
  expect(reasons(2, 2)).toEqual([]);
  expect(reasons(2, 3)).toEqual([]);
  expect(reasons(2, 6)).toEqual(["is 6, which would pass by 3–5: the last is 2, so choose 3"]);
  expect(reasons(3, 2)).toEqual([
    "is 2, which was published already, or passed by: the last is 3, so choose 4",
  ]);
});

test("another class under the same name of a resource begins anew", () => {
  expect(reasons(5, 1, { class: "other" })).toEqual([]);
});
