import { describe, expect, test } from "vitest";
import { type Comparison, compare, type Surroundings } from "./compare.ts";

/** Fixed surroundings: each look at the CPU clock is 5 ms later, each look at the load 1 higher. */
function fakeMachine(): Surroundings & { readonly seen: string[] } {
  let cpu = 0;
  let load = 0;
  const seen: string[] = [];
  return {
    seen,
    cpu: () => (cpu += 5),
    load: () => (load += 1),
    progress: (metric, round, rounds) => seen.push(`${metric} ${round}/${rounds}`),
  };
}

/** Gives one value after another; the first is the unmeasured warm-up. */
function values(list: readonly number[], log: string[] = [], name = "") {
  const waiting = [...list];
  return () => {
    log.push(name);
    return waiting.shift() ?? Number.NaN;
  };
}

const base = { metric: "m", unit: "ms", rounds: 3 } as const;

describe("compare", () => {
  test("measures both sides in turn, after one unmeasured run each", async () => {
    const log: string[] = [];
    const sides = { ours: values([9, 1, 2, 3], log, "A"), peer: values([9, 4, 5, 6], log, "B") };
    await compare({ ...base, ...sides }, fakeMachine());
    expect(log.join("")).toBe("ABABABAB");
  });

  test("makes a row of medians, ranges, CPU time and load", async () => {
    const machine = fakeMachine();
    const target = { of: "ratio", limit: "at most", value: 0.5 } as const;
    const sides = { ours: values([99, 3, 1, 2], []), peer: values([99, 4, 9, 4]) };
    expect(await compare({ ...base, ...sides, target }, machine)).toEqual({
      metric: "m",
      unit: "ms",
      ours: { median: 2, min: 1, max: 3 },
      peer: { median: 4, min: 4, max: 9 },
      ratio: 0.5,
      target,
      met: true,
      rounds: 3,
      cpu: { ours: { median: 5, min: 5, max: 5 }, peer: { median: 5, min: 5, max: 5 } },
      load: { before: 1, after: 2 },
    });
    expect(machine.seen).toEqual(["m 1/3", "m 2/3", "m 3/3"]);
  });

  test.each<[string, Pick<Comparison, "target" | "peer">, boolean | null]>([
    [
      "just over its ratio",
      { peer: () => 10, target: { of: "ratio", limit: "at most", value: 1.09 } },
      false,
    ],
    ["at its ratio", { peer: () => 10, target: { of: "ratio", limit: "at most", value: 1.1 } }, true],
    [
      "just within its distance",
      { peer: () => 10, target: { of: "ratio", limit: "within", value: 0.1001 } },
      true,
    ],
    ["too far above", { peer: () => 10, target: { of: "ratio", limit: "within", value: 0.09 } }, false],
    ["too far below", { peer: () => 20, target: { of: "ratio", limit: "within", value: 0.25 } }, false],
    ["fast enough by itself", { target: { of: "ours", limit: "at least", value: 11 } }, true],
    ["too slow by itself", { target: { of: "ours", limit: "at least", value: 12 } }, false],
    ["without the peer its ratio needs", { target: { of: "ratio", limit: "at most", value: 2 } }, false],
    ["without a target", {}, null],
  ])("judges a row %s", async (_, part, met) => {
    expect((await compare({ ...base, ours: () => 11, ...part }, fakeMachine())).met).toBe(met);
  });

  test("a measure that fails fails the bench", async () => {
    const ours = () => Promise.reject(new Error("no server"));
    await expect(compare({ ...base, ours }, fakeMachine())).rejects.toThrow("no server");
  });

  test("no rounds are no measure", async () => {
    await expect(compare({ ...base, rounds: 0, ours: () => 1 }, fakeMachine())).rejects.toThrow(
      "at least one round",
    );
  });
});
