import { noAmounts } from "@coppice/core";
import { describe, expect, test } from "vitest";
import { verdictOf } from "../fixtures/judged.ts";
import { assertAccepted } from "./assert-accepted.ts";
import { digestParts } from "./digest.ts";
import { digestOf } from "./digest-of.ts";
import { worldOf } from "./world-of.ts";

const parts = { description: { a: 1, b: [2, 3] }, packages: { engine: "3" }, prices: [], world: {} };

describe("a digest", () => {
  test("is the same whatever the order of fields, and another for every other value", () => {
    const { text } = digestOf(parts);
    expect(text).toMatch(/^[0-9a-f]{12}(-[0-9a-f]{12}){3}$/);
    expect(digestOf({ ...parts, description: { b: [2, 3], a: 1, c: undefined } }).text).toBe(text);
    expect(digestOf({ ...parts, description: { a: 1, b: [3, 2] } }).text).not.toBe(text);
  });

  test.each(["description", "packages", "prices", "world"] as const)(
    "names %s where that differs",
    (part) => {
      const { text } = digestOf(parts);
      expect(() => assertAccepted(text, digestOf(parts))).not.toThrow();
      const now = digestOf({ ...parts, [part]: "another" });
      expect(() => assertAccepted(text, now)).toThrow(digestParts[part]);
      expect(() => assertAccepted(text, now)).toThrow("[digest.changed]");
    },
  );

  test("of other documents says nothing of the world, in which other things become of them", () => {
    const now = digestOf({ ...parts, description: 1, world: 1, prices: 1 });
    const reason = `${digestParts.description}, and in ${digestParts.prices}.`;
    expect(() => assertAccepted(digestOf(parts).text, now)).toThrow(reason);
  });
});

describe("the world", () => {
  const worldWith = (bytes: number, vmid = 20_001) => {
    const loss = { seat: "ada", vmid, node: "pve1", bytes };
    const { seat: name, ...place } = loss;
    const seat = { name, ...place, change: "removed", why: "", also: [] } as const;
    const demand = { before: noAmounts, peak: noAmounts, after: noAmounts, unknown: [] };
    const words = [`${bytes} bytes`];
    const verdict = verdictOf("lab", { seats: [seat], losses: [loss], demand, words, warnings: words });
    const stack = { project: "coppice-tenant", stack: "main", cluster: "main", others: [], former: [] };
    return worldOf([{ ...stack, verdict: { documents: [verdict], refusals: [], warnings: words } }], []);
  };

  test("does not change with every byte that a machine writes, but with what becomes of it", () => {
    expect(worldWith(2)).toEqual(worldWith(1));
    expect(worldWith(1, 20_002)).not.toEqual(worldWith(1));
  });
});
