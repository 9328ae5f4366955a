import type { FieldPath } from "@coppice/core";
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

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
    const pair = pairsOf(node).get(String(step));
    return pair === undefined ? {} : { key: pair.key, value: pair.value };
  }
  return isSeq(node) && typeof step === "number" ? { value: node.items[step] } : {};
}

/** The fields of objects that were looked into: thousands of mistakes may be in one. */
const known = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const found = known.get(map);
  if (found !== undefined) return found;
  // Of a field that is given twice, the last one counts.
  const pairs = new Map(
    map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : [])),
  );
  known.set(map, pairs);
  return pairs;
}

function startOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range))
    return undefined;
  const start: unknown = node.range[0];
  return typeof start === "number" ? start : undefined;
}
