import type { StackName } from "../lease/stack-place.ts";
import type { EngineOptions } from "../run/run-parts.ts";
import { type NamedStack, namedStack } from "./document-stack.ts";
import { listStacks } from "./list-stacks.ts";
import { readStack } from "./read-stack.ts";
import type { RecordedDocument } from "./recorded-stack.ts";

/** What another stack of the same cluster has of a document. */
export interface DocumentBeside extends RecordedDocument {
  readonly of: NamedStack;
}

/** What the other stacks of a cluster have: of other tenants, and of nobody. */
export async function readBeside(options: EngineOptions, own: StackName): Promise<DocumentBeside[]> {
  const { cluster } = namedStack(own);
  const stacks = (await listStacks(options)).map(namedStack);
  const others = stacks.filter(
    (each) => each.cluster === cluster && each.project === own.project && each.stack !== own.stack,
  );
  const lists = others.map(async (of) => {
    const { documents } = await readStack(options, of);
    return documents.map((each) => ({ ...each, of }));
  });
  return (await Promise.all(lists)).flat();
}
