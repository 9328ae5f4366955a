import { isMap, isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { scalarText } from "./scalar-text.ts";

/** An order for a seat. A value that is not there yet orders it once. */
export interface SeatOrder {
  /** The name of the document. */
  readonly document: string;
  readonly order: "reset" | "undo";
  readonly seat: string;
  readonly value: string;
}

/** A piece of a text and what takes its place. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The smallest edit of a document's text that gives an order; undefined where it is written in an unusual way. */
export function orderEdit(
  text: string,
  contents: YAMLMap,
  { order, seat, value }: SeatOrder,
): Edit | undefined {
  const orders = pairOf(contents, order);
  const isQuoted = isQuotedKey(text, contents.items[0]);
  const entry = `${scalarText(seat, isQuoted)}: ${scalarText(value, isQuoted)}`;
  if (orders === undefined) return added(text, contents, [scalarText(order, isQuoted), `{ ${entry} }`]);
  if (isMap(orders.value)) return inOrders(text, orders.value, { seat, value, isQuoted });
  const colon = isEmpty(orders.value) ? colonAfter(text, orders.key) : undefined;
  return colon === undefined ? undefined : { from: colon, to: colon, text: ` { ${entry} }` };
}

interface Entry {
  readonly seat: string;
  readonly value: string;
  readonly isQuoted: boolean;
}

function inOrders(text: string, orders: YAMLMap, { seat, value, isQuoted }: Entry): Edit | undefined {
  const before = pairOf(orders, seat)?.value;
  if (before === undefined)
    return added(text, orders, [scalarText(seat, isQuoted), scalarText(value, isQuoted)]);
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
