import { expect, test } from "vitest";
import { freeVmids } from "./vmid-range.ts";

test("free vmids are the lowest that are not taken, in order, and no more than the range has", () => {
  const four = { first: 100, last: 103 };
  expect(freeVmids(four, new Set([101, 500]), 2)).toEqual([100, 102]);
  expect(freeVmids(four, new Set([101]), 9)).toEqual([100, 102, 103]);
  expect(freeVmids(four, new Set(), 0)).toEqual([]);
});
