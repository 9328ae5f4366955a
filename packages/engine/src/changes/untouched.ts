import type { DocumentName } from "../documents/document-urn.ts";
import type { DocumentVerdict } from "./change-verdict.ts";

/** The verdict on a document with which nothing was done: it needs nothing, or nobody came to it. */
export function untouched({ kind, name }: DocumentName, change: "same" | "open"): DocumentVerdict {
  return { kind, name, change, resources: {}, seats: [], losses: [], words: [], warnings: [], refusals: [] };
}
