import { type Properties, seatNames } from "@coppice/core";
import { expect, test } from "vitest";
import { chooseVmids, type TakenVmids } from "./choose-vmids.ts";

const nobody: TakenVmids = { guests: [], ranges: [] };

test.each<[string, Properties, TakenVmids, readonly [number, number]]>([
  ["the first block, where nobody is", { seats: 25 }, nobody, [20_000, 20_099]],
  ["a block without any guest", { seats: 25 }, { guests: [9000, 20_007], ranges: [] }, [20_100, 20_199]],
  [
    "a block of no other document, wherever that begins",
    { seats: 1 },
    { guests: [], ranges: [{ from: 19_990, to: 20_150 }] },
    [20_200, 20_299],
  ],
  ["room for twice the seats", { seats: 60 }, nobody, [20_000, 20_199]],
  ["the names of a roster count", { roster: seatNames(60) }, nobody, [20_000, 20_199]],
  [
    "blocks in a row where seats are many",
    { seats: 100 },
    { guests: [20_250], ranges: [] },
    [20_300, 20_599],
  ],
])("%s", (_, inputs, taken, [from, to]) => {
  expect(chooseVmids(inputs, taken)).toEqual({ from, to });
});

test("where no block is free, nothing is chosen", () => {
  const taken = { guests: [], ranges: [{ from: 20_000, to: 999_999_999 }] };
  expect(() => chooseVmids({ seats: 1 }, taken)).toThrow(
    expect.objectContaining({ code: "pool.range-too-small" }),
  );
});
