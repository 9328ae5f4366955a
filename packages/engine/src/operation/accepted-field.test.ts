import { expect, test } from "vitest";
import { acceptedField } from "./accepted-field.ts";
import type { Drift } from "./drift.ts";
import type { DocumentDrift } from "./find-drift.ts";

const memory = (seat: string, value?: string): Drift => {
  const said = { drift: "dangerous", field: "memory", vmid: 20001, node: "pve1", what: "" } as const;
  return { ...said, seat, ...(value !== undefined && { value }) };
};
const gone: Drift = { ...memory("c"), drift: "gone", field: "machine" };
const ALIKE = { path: ["hardware", "memory"], value: "512MiB" };

test.each<[string, readonly Drift[], object]>([
  ["all seats alike", [memory("a", "512MiB"), memory("b", "512MiB"), memory("c", "512MiB")], ALIKE],
  ["all that are there alike", [gone, memory("a", "512MiB"), memory("b", "512MiB")], ALIKE],
  ["one alone", [memory("a", "512MiB")], { why: expect.stringContaining("2 other seats have another") }],
  [
    "one unlike the others",
    [memory("a", "512MiB"), memory("b", "256MiB"), memory("c", "512MiB")],
    { why: expect.stringContaining("1 other seat has another") },
  ],
  ["what no document says", [{ ...memory("a"), field: "name" }], { why: "a document says nothing of that" }],
  ["nothing", [memory("a")], { why: "a document cannot say that there is none" }],
])("%s is accepted as a document can say it", (_, drifts, expected) => {
  const [drift] = drifts.filter(({ field }) => field !== "machine");
  if (drift === undefined) throw new Error("the case has a drift to answer");
  const seats = ["a", "b", "c"];
  const document: DocumentDrift = {
    kind: "LabClass",
    name: "lab",
    cluster: "main",
    isThere: true,
    seats,
    drifts,
    refusals: [],
  };
  expect(acceptedField({ document, drift })).toEqual(expected);
});
