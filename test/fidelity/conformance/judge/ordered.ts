import { isRow } from "./rows.ts";

/** Lists that genuine servers answer in an order of their own; most come in that of a Perl hash, which is none. */
const orderedPaths =
  /\/(?:content|rrddata|services|log|zones|versions|macros)(?:\?|$)|\/nodes\/[^/]+\/tasks(?:\?|$)/;

/** Whether the order of an answer's rows counts. Indexes, whose rows hold nothing but a name, are in source order. */
export function isOrdered(path: string, body: unknown): boolean {
  if (orderedPaths.test(path)) return true;
  const data = isRow(body) ? body["data"] : undefined;
  return Array.isArray(data) && data.length > 2 && data.every(isIndexRow);
}

function isIndexRow(row: unknown): boolean {
  return isRow(row) && Object.keys(row).length === 1 && ("name" in row || "subdir" in row);
}
