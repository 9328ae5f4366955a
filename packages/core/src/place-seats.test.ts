import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NodeCapacity, placeSeats } from "./place-seats.ts";

const GiB = 1024 ** 3;
const demand = { memory: 4 * GiB, processors: 2 };

function node(
  name: string,
  memoryGiB: number,
  committedGiB: number,
  more: Partial<NodeCapacity> = {},
): NodeCapacity {
  return {
    node: name,
    state: "online",
    memoryTotal: memoryGiB * GiB,
    memoryCommitted: committedGiB * GiB,
    coresTotal: 16,
    coresCommitted: 0,
    ...more,
  };
}

describe("placeSeats", () => {
  test("gives ten seats over three unequal nodes as computed by hand", () => {
    const nodes = [node("pve1", 64, 32), node("pve2", 64, 0), node("pve3", 32, 0)];
    expect(placeSeats(10, demand, nodes)).toEqual(
      // Free share after k seats: pve1 0.65 - 0.08125k, pve2 1 - 0.08125k, pve3 1 - 0.125k.
      ["pve2", "pve3", "pve2", "pve2", "pve3", "pve2", "pve3", "pve2", "pve1", "pve2"],
    );
  });

  test("skips nodes that are offline or in maintenance", () => {
    const nodes = [
      node("pve1", 64, 0, { state: "offline" }),
      node("pve2", 64, 0, { state: "maintenance" }),
      node("pve3", 8, 0),
    ];
    expect(new Set(placeSeats(5, demand, nodes))).toEqual(new Set(["pve3"]));
  });

  test("places nothing when no node is online", () => {
    expect(placeSeats(5, demand, [node("pve1", 64, 0, { state: "offline" })])).toEqual([]);
  });

  test("lets processors decide when memory is equal", () => {
    const nodes = [node("pve1", 64, 0, { coresCommitted: 12 }), node("pve2", 64, 0)];
    expect(placeSeats(1, demand, nodes)).toEqual(["pve2"]);
  });

  test("never lets equal nodes differ by more than one seat, whatever the order they come in", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.shuffledSubarray(["a", "b", "c", "d"], { minLength: 2 }),
        (count, names) => {
          const counts = new Map<string, number>(names.map((name) => [name, 0]));
          for (const name of placeSeats(
            count,
            demand,
            names.map((each) => node(each, 64, 0)),
          )) {
            counts.set(name, (counts.get(name) ?? 0) + 1);
          }
          expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});
