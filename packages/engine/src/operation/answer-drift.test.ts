import { expect, test } from "vitest";
import { answeredDrift } from "./answer-drift.ts";
import type { Drift } from "./drift.ts";
import type { DocumentDrift } from "./find-drift.ts";

const place = { vmid: 20_001, node: "pve1", what: "" };
const memory: Drift = { drift: "dangerous", field: "memory", seat: "seat-01", ...place };
const moved: Drift = { drift: "in-range", field: "node", seat: "seat-01", ...place };
const stranger: Drift = { drift: "foreign", field: "machine", ...place, vmid: 20_009 };
const document = (name: string, drifts: readonly Drift[]): DocumentDrift => {
  const said = { kind: "LabClass", cluster: "main", isThere: true, refusals: [] } as const;
  return { ...said, name, seats: ["seat-01", "seat-02"], drifts };
};
const found = [document("one", [memory, moved, stranger]), document("two", [memory])];

test("a machine of nobody's seat is named by its number", () => {
  expect(answeredDrift(found, { seat: "20009", field: "machine" }).drift).toBe(stranger);
});

test("of two documents with such a seat, one is said", () => {
  const answer = { seat: "seat-01", field: "memory" };
  expect(() => answeredDrift(found, answer)).toThrow("one, two have it: say which by --document");
  expect(answeredDrift(found, { ...answer, document: "two" }).document.name).toBe("two");
});

test.each([
  [{ seat: "seat-01", field: "node" }, "'seat-01.node' has not drifted"],
  [{ seat: "seat-02", field: "memory" }, "'seat-02.memory' has not drifted"],
  [
    { seat: "seat-01", field: "memory", document: "three" },
    "There is no document 'three' here: there is one, two",
  ],
  [
    { seat: "seat-01", field: "memry" },
    "'memry' is nothing of a seat that drifts: that is cores, memory, vga, ",
  ],
  [{ seat: "seat-03", field: "memory" }, "There is no seat 'seat-03' in one, two"],
])("%j is no drift to answer", (answer, reason) => {
  expect(() => answeredDrift(found, answer)).toThrow(reason);
});
