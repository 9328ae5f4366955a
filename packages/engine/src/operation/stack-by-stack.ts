import { CoppiceError } from "@coppice/core";
import type { Refusal } from "../changes/change-verdict.ts";
import { untouched } from "../changes/untouched.ts";
import type { DocumentName } from "../documents/document-urn.ts";
import type { StackName } from "../lease/stack-place.ts";
import type { StackVerdict } from "./stack-verdict.ts";

/** Documents of one stack. */
interface Part extends StackName {
  readonly cluster: string;
  readonly documents: readonly DocumentName[];
}

/**
 * Changes stacks one after another. What became of one is told although the next one cannot be changed: that one says why,
 * and nobody comes to those behind it. Where nothing was changed yet, the failure is thrown.
 *
 * @returns what was done before, and what became of each
 */
export async function stackByStack<T extends Part>(
  parts: readonly T[],
  { signal, before = [] }: { readonly signal: AbortSignal; readonly before?: readonly StackVerdict[] },
  work: (part: T) => Promise<StackVerdict>,
): Promise<StackVerdict[]> {
  const done = [...before];
  for (const [index, part] of parts.entries()) {
    try {
      done.push(await work(part));
    } catch (error) {
      if (done.length === 0 || !(signal.aborted || CoppiceError.is(error))) throw error;
      const behind = parts.slice(index + 1);
      return [
        ...done,
        left(part, signal.aborted ? [] : refusalsOf(error)),
        ...behind.map((each) => left(each)),
      ];
    }
  }
  return done;
}

function refusalsOf(error: unknown): Refusal[] {
  return CoppiceError.is(error) ? [{ message: error.message, code: error.code }] : [];
}

function left({ project, stack, cluster, documents }: Part, refusals: readonly Refusal[] = []): StackVerdict {
  const open = documents.map((each) => untouched(each, "open"));
  const verdict = { documents: open, refusals, warnings: [] };
  return { project, stack, cluster, verdict, others: [], former: [] };
}
