import { isMap, isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { scalarText } from "./scalar-text.ts";

/** A value in an object of a document: an order for a seat, a figure of the hardware. */
export interface FieldValue {
  /** The name of the document. */
  readonly document: string;
  /** The object's field, and the value's name in it. */
  readonly path: readonly [field: string, name: string];
  readonly value: string | number;
}

/** A piece of a text and what takes its place. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The smallest edit of a document's text that says a value; undefined where it is written in an unusual way. */
export function fieldEdit(
  text: string,
  contents: YAMLMap,
  { path: [field, name], value }: Pick<FieldValue, "path" | "value">,
): Edit | undefined {
  const object = pairOf(contents, field);
  const isQuoted = isQuotedKey(text, contents.items[0]);
  const entry = `${scalarText(name, isQuoted)}: ${scalarText(value, isQuoted)}`;
  if (object === undefined) return added(text, contents, [scalarText(field, isQuoted), `{ ${entry} }`]);
  if (isMap(object.value)) return inObject(text, object.value, { name, value, isQuoted });
  const colon = isEmpty(object.value) ? colonAfter(text, object.key) : undefined;
  return colon === undefined ? undefined : { from: colon, to: colon, text: ` { ${entry} }` };
}

interface Entry {
  readonly name: string;
  readonly value: string | number;
  readonly isQuoted: boolean;
}

function inObject(text: string, object: YAMLMap, { name, value, isQuoted }: Entry): Edit | undefined {
  const before = pairOf(object, name)?.value;
  if (before === undefined)
    return added(text, object, [scalarText(name, isQuoted), scalarText(value, isQuoted)]);
  if (!isScalar(before) || !before.range || isEmpty(before)) return undefined;
  const [from, to] = before.range;
  return { from, to, text: scalarText(value, isQuoted || /["']/.test(text.charAt(from))) };
}

/** One more field behind the last one. */
function added(text: string, map: YAMLMap, [name, value]: readonly [string, string]): Edit | undefined {
  const last = map.items.at(-1);
  const end = last === undefined ? undefined : (rangeOf(last.value) ?? rangeOf(last.key))?.[1];
  if (end === undefined) {
    const [from = 0, to = 0] = map.range ?? [];
    return map.flow === true ? { from, to, text: `{ ${name}: ${value} }` } : undefined;
  }
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const indent = indentOf(text, rangeOf(last?.key)?.[0] ?? 0);
  if (map.flow === true) {
    const isAlone = indent !== undefined && text.slice(map.range?.[0], end).includes("\n");
    return { from: end, to: end, text: `,${isAlone ? `${lineBreak}${indent}` : " "}${name}: ${value}` };
  }
  const line = `${indent ?? ""}${name}: ${value}${lineBreak}`;
  const next = text.charAt(end - 1) === "\n" ? end : text.indexOf("\n", end) + 1;
  return next === 0
    ? { from: text.length, to: text.length, text: `${lineBreak}${line}` }
    : { from: next, to: next, text: line };
}

/** The spaces before a place on its line; undefined where something else stands there. */
function indentOf(text: string, offset: number): string | undefined {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return before.trim() === "" ? before : undefined;
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null && (node.source ?? "") === "");
}

function isQuotedKey(text: string, pair: Pair | undefined): boolean {
  const [start = 0] = rangeOf(pair?.key) ?? [];
  return text.charAt(start) === '"';
}

function colonAfter(text: string, key: unknown): number | undefined {
  const end = rangeOf(key)?.[1];
  return end === undefined || text.charAt(end) !== ":" ? undefined : end + 1;
}

function rangeOf(node: unknown): Node["range"] | undefined {
  // as: whatever a parsed map holds is a node or null, which the type of a map does not say.
  return (node as Node | null | undefined)?.range ?? undefined;
}
