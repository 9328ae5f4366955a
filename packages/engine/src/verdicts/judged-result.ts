import type { Refusal } from "../changes/change-verdict.ts";
import { isRefusal } from "../changes/is-refusal.ts";
import { type PreviewResult, previewResult } from "../operation/preview-documents.ts";
import type { StackVerdict } from "../operation/stack-verdict.ts";
import type { Verdicts } from "./verdicts.ts";

/** How a preview ends with all that was judged of it. */
export function judgedResult(stacks: readonly StackVerdict[], verdicts: Verdicts): PreviewResult {
  const result = previewResult(stacks);
  const refusals = verdictRefusals(verdicts);
  if (refusals.length === 0) return result;
  return result !== "unknown" && refusals.every(isRefusal) ? "refused" : "unknown";
}

/** What was refused by a verdict, and by none of our resources. */
export function verdictRefusals({ quota, cost }: Pick<Verdicts, "quota" | "cost">): Refusal[] {
  return [...quota, ...(cost === undefined ? [] : [cost])].flatMap(({ refusal }) => refusal ?? []);
}
