import type { SpecDocument } from "@coppice/spec";
import { documentKey } from "../documents/description.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { readStack } from "../stack/read-stack.ts";
import { stackShares } from "./stack-plan.ts";

/** Documents as they were applied, whatever their files say by now; those that never were are left out. */
export async function appliedDocuments(
  options: EngineOptions,
  documents: readonly SpecDocument[],
): Promise<SpecDocument[]> {
  const stacks = await Promise.all(stackShares(documents).map((share) => readStack(options, share)));
  const declared = new Map(
    stacks.flatMap((stack) => stack.declared.map((each) => [documentKey(each), each.inputs])),
  );
  return documents.flatMap((document) => {
    const inputs = declared.get(documentKey(document));
    return inputs === undefined ? [] : [{ ...document, inputs }];
  });
}
