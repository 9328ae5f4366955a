import { CoppiceError } from "@coppice/core";
import type { DocumentName } from "../documents/document-urn.ts";
import type { RecordedDocument } from "../stack/recorded-stack.ts";

/**
 * Refuses a document whose name something of another kind has in its stack, from a file that was not given this time.
 * Machines are called by that name, and the stack's configuration, from which its history is read, has one entry for each.
 *
 * @throws CoppiceError `document.invalid`
 */
export function refuseNamesakes(
  { cluster, documents }: { readonly cluster: string; readonly documents: readonly DocumentName[] },
  recorded: readonly RecordedDocument[],
): void {
  for (const { kind, name } of documents) {
    const other = recorded.find((each) => each.name === name && each.kind !== kind);
    if (other === undefined) continue;
    throw new CoppiceError("document.invalid", {
      what: `The ${kind} '${name}' cannot be made on '${cluster}'`,
      why: `there is a ${other.kind} of that name, which may be in another file`,
      wayOut: `Give it another name, or remove the other one first: coppice destroy "${other.kind} ${name}"`,
    });
  }
}
