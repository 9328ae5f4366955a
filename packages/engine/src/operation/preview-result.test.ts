import { expect, test } from "vitest";
import type { DocumentVerdict } from "../changes/change-verdict.ts";
import { previewResult } from "./preview-documents.ts";
import { type StackVerdict } from "./stack-verdict.ts";

const stackOf = (
  change: DocumentVerdict["change"],
  refusals: DocumentVerdict["refusals"] = [],
): StackVerdict => {
  const none = { resources: {}, seats: [], losses: [], words: [], warnings: [] };
  const documents = [{ kind: "LabClass", name: "lab", change, refusals, ...none }];
  const verdict = { documents, refusals: [], warnings: [] };
  return { project: "coppice-tenant", stack: "main", cluster: "main", verdict, others: [], former: [] };
};

test("what a run was stopped before is not known, and nobody may take it for applied", () => {
  expect(previewResult([stackOf("create"), stackOf("same")])).toBe("would-apply");
  expect(previewResult([stackOf("create"), stackOf("open")])).toBe("unknown");
  expect(previewResult([stackOf("refused", [{ message: "", code: "pool.space" }])])).toBe("refused");
});
