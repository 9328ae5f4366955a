import type { SpecDocument } from "@coppice/spec";
import { documentKey } from "../documents/description.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { documentStack, stackKey } from "../stack/document-stack.ts";
import { readStack } from "../stack/read-stack.ts";
import { stackShares } from "./stack-plan.ts";

/** Documents as they were applied, whatever their files say by now; those that never were are left out. */
export async function appliedDocuments(
  options: EngineOptions,
  documents: readonly SpecDocument[],
): Promise<SpecDocument[]> {
  const stacks = stackShares(documents).map(
    async (share) => [stackKey(share), (await readStack(options, share)).declared] as const,
  );
  const declared = new Map(await Promise.all(stacks));
  return documents.flatMap((document) => {
    const stack = documentStack(document);
    const own = stack && declared.get(stackKey(stack));
    const applied = own?.find((each) => documentKey(each) === documentKey(document));
    return applied === undefined ? [] : [{ ...document, inputs: applied.inputs }];
  });
}
