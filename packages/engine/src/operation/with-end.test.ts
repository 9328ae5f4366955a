import { CoppiceError } from "@coppice/core";
import { expect, test } from "vitest";
import type { ChangeVerdict } from "../changes/change-verdict.ts";
import { untouched } from "../changes/untouched.ts";
import { withEnd } from "./with-end.ts";

const lost = new CoppiceError("ledger.fenced", { what: "It lapsed", wayOut: "Again" });
const made = (change: Parameters<typeof untouched>[1]): ChangeVerdict => {
  return { documents: [untouched({ kind: "LabClass", name: "lab" }, change)], refusals: [], warnings: [] };
};

test("a lost reservation is why something was left open, and refuses nothing that is done", () => {
  expect(withEnd(made("open"), { lost }).refusals).toEqual([{ message: lost.message, code: lost.code }]);
  expect(withEnd(made("same"), { lost })).toEqual(made("same"));
});

test("what the ledger was not told is said beside what was done", () => {
  const { refusals, warnings } = withEnd(made("same"), { untold: "it lapsed", lost });
  expect([refusals, warnings]).toEqual([
    [],
    [expect.stringMatching(/^The ledger was not told .*: it lapsed$/)],
  ]);
});
