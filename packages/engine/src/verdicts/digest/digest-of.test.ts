import { noAmounts } from "@coppice/core";
import { describe, expect, test } from "vitest";
import type { DocumentVerdict } from "../../changes/change-verdict.ts";
import { verdictOf } from "../fixtures/judged.ts";
import type { RiskFinding } from "../risk/terms/risk-verdict.ts";
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
    const stack = stackOf("main", [verdict], words);
    return worldOf({ stacks: [stack], quota: [], risk: { findings: [findingWith({ figures: { bytes } })] } });
  };
  const stackOf = (
    stack: string,
    documents: readonly DocumentVerdict[],
    warnings: readonly string[] = [],
  ) => ({
    project: "coppice-tenant",
    stack,
    cluster: "main",
    others: [],
    former: documents.map(({ kind, name }) => ({ kind, name, seats: {}, parts: [], inputs: {} })),
    verdict: { documents, refusals: [], warnings },
  });
  const findingWith = (more: Partial<RiskFinding> = {}): RiskFinding => ({
    kind: "storage",
    severity: "note",
    cluster: "main",
    document: { kind: "LabClass", name: "lab" },
    reason: `${JSON.stringify(more.figures)} bytes`,
    seats: ["ada", "grace"],
    figures: {},
    ...more,
  });

  test("does not change with every byte that a machine writes, but with what becomes of it", () => {
    expect(worldWith(2)).toEqual(worldWith(1));
    expect(worldWith(1, 20_002)).not.toEqual(worldWith(1));
  });

  test("is the same in whatever order files and what was found in them came", () => {
    const inOrder = <T>(all: readonly T[], isTurned: boolean) => (isTurned ? [...all].reverse() : all);
    const seatOf = (name: string) =>
      ({ name, vmid: 1, node: "pve1", change: "kept", why: "", also: [] }) as const;
    const all = ["ada", "grace"].map(seatOf);
    const other = verdictOf("other");
    const labWith = (isTurned: boolean) => verdictOf("lab", { seats: inOrder(all, isTurned) });
    const world = (isTurned: boolean, lab = labWith(isTurned)) =>
      worldOf({
        stacks: inOrder([stackOf("main", inOrder([lab, other], isTurned)), stackOf("acme", [lab])], isTurned),
        quota: inOrder(
          [
            { tenant: "acme", cluster: "main" },
            { tenant: "umbra", cluster: "main" },
          ],
          isTurned,
        ),
        risk: {
          findings: inOrder(
            [findingWith({ seats: inOrder(["ada", "grace"], isTurned) }), findingWith({ kind: "memory" })],
            isTurned,
          ),
        },
      });
    expect(digestOf({ ...parts, world: world(true) })).toEqual(digestOf({ ...parts, world: world(false) }));
  });

  test.each<[string, readonly RiskFinding[]]>([
    ["a storage is full", [findingWith({ severity: "danger" })]],
    ["it is about another thing", [findingWith({ kind: "memory" })]],
    ["it hits somebody else", [findingWith({ seats: ["ada"] })]],
    ["it is about another document", [findingWith({ document: { kind: "LabClass", name: "other" } })]],
    ["a node is lost besides", [findingWith(), findingWith({ kind: "node-lost", severity: "danger" })]],
    ["nothing is found any more", []],
  ])("is another where the same change risks something else: %s", (_, findings) => {
    const world = (found: readonly RiskFinding[]) =>
      digestOf({ ...parts, world: worldOf({ stacks: [], quota: [], risk: { findings: found } }) });
    const accepted = world([findingWith()]).text;
    expect(() => assertAccepted(accepted, world([findingWith({ figures: { free: 1 } })]))).not.toThrow();
    expect(() => assertAccepted(accepted, world(findings))).toThrow("[digest.changed]");
  });
});
