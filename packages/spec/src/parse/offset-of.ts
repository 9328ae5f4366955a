import type { FieldPath } from "@coppice/core";
import { isMap, isPair, isScalar, isSeq, type Node } from "yaml";

/**
 * Where a value or its key begins in the text. Lists and objects are shown by their key, and what is not there where
 * the nearest thing around it is.
 */
export function offsetOf(contents: Node, path: FieldPath, part: "key" | "value"): number {
  let node: unknown = contents;
  let offset = startOf(contents);
  for (const [index, step] of path.entries()) {
    const { key, value } = stepInto(node, step);
    const isLast = index === path.length - 1;
    const isKey = isLast && (part === "key" || !isScalar(value) || value.value === null);
    const place = isKey ? (startOf(key) ?? startOf(value)) : (startOf(value) ?? startOf(key));
    if (place === undefined) break;
    offset = place;
    node = value;
  }
  return offset ?? 0;
}

function stepInto(
  node: unknown,
  step: string | number,
): { readonly key?: unknown; readonly value?: unknown } {
  if (isMap(node)) {
    // Of a field that is given twice, the last one counts.
    const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === step);
    return isPair(pair) ? { key: pair.key, value: pair.value } : {};
  }
  return isSeq(node) && typeof step === "number" ? { value: node.items[step] } : {};
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range))
    return undefined;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : undefined;
}
