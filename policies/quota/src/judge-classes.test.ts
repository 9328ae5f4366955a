import { type Amounts, noAmounts } from "@coppice/core";
import { describe, expect, test } from "vitest";
import type { Asked } from "./asked.ts";
import { judgeClasses, type Room } from "./judge-classes.ts";

const machines = (count: number): Amounts => ({ ...noAmounts, machines: count });
const room = (limit: number, used = 0): Room => ({ limits: { machines: limit }, used: machines(used) });

const part = (name: string, seats: number, more: Partial<Asked> = {}): Asked => ({
  urn: `urn:${name}`,
  cluster: "main",
  tenant: "acme",
  class: name,
  seats: machines(seats),
  ...more,
});

/** By class, whether it fits and what it was told that is used. */
function judged(parts: readonly Asked[], roomOf: (cluster: string, tenant: string) => Room) {
  return judgeClasses(parts, ({ cluster, tenant }) => roomOf(cluster, tenant)).map(
    ({ class: of, verdict }) => {
      const [line] = verdict?.lines ?? [];
      return [of, verdict?.fits, line?.used, line?.asked];
    },
  );
}

describe("the classes of a stack", () => {
  test("fit together, full to the last", () => {
    expect(judged([part("a", 25), part("b", 15)], () => room(40))).toEqual([
      ["a", true, 0, 25],
      ["b", true, 25, 15],
    ]);
  });

  test("are refused from the one on that is too much, which does not count for those behind it", () => {
    expect(judged([part("a", 25), part("b", 16), part("c", 15)], () => room(40))).toEqual([
      ["a", true, 0, 25],
      ["b", false, 25, 16],
      ["c", true, 25, 15],
    ]);
  });

  test("have what is used elsewhere before them", () => {
    expect(judged([part("a", 25)], () => room(40, 16))).toEqual([["a", false, 16, 25]]);
  });

  test("count for their own tenant and cluster alone", () => {
    const parts = [
      part("a", 25),
      part("b", 25, { tenant: "umbra" }),
      part("c", 25, { cluster: "south" }),
      part("a", 25, { cluster: "south" }),
    ];
    expect(judged(parts, (cluster) => room(cluster === "south" ? 50 : 25))).toEqual([
      ["a", true, 0, 25],
      ["b", true, 0, 25],
      ["c", true, 0, 25],
      ["a", true, 25, 25],
    ]);
  });

  test("of a tenant without limits are not judged", () => {
    expect(judged([part("a", 25)], () => ({ limits: undefined, used: noAmounts }))).toEqual([
      ["a", undefined, undefined, undefined],
    ]);
  });
});

test("the parts of a class are judged together, and a generation that they share is counted once", () => {
  const generation = (number: number) => ({ generation: { number, amounts: machines(2) } });
  const parts = [
    part("a", 1, generation(1)),
    part("a", 25, generation(1)),
    part("a", 0, { ...generation(2), urn: "urn:published" }),
  ];
  expect(judged(parts, () => room(30))).toEqual([["a", true, 0, 30]]);
  expect(judged(parts, () => room(29))).toEqual([["a", false, 0, 30]]);
});
