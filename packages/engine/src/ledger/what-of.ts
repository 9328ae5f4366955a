import type { DocumentName } from "../documents/document-urn.ts";

/** How the ledger and its sentences call a document, always alike: no two of a cluster have one name. */
export function whatOf({ name }: Pick<DocumentName, "name">): string {
  return `class "${name}"`;
}
