import type { DocumentName } from "../documents/document-urn.ts";
import type { DocumentVerdict } from "./change-verdict.ts";

/** The verdict on a document with which nothing was done: it needs nothing, nobody came to it, or it was refused. */
export function untouched(
  { kind, name }: DocumentName,
  change: "same" | "open" | "refused",
): DocumentVerdict {
  return { kind, name, change, resources: {}, seats: [], losses: [], words: [], warnings: [], refusals: [] };
}
