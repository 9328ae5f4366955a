import { isDeepStrictEqual } from "node:util";
import { CoppiceError, isNamed, type Named } from "@coppice/core";
import { type Document, isMap, isScalar, parseAllDocuments, type YAMLMap } from "yaml";
import { parseOptions } from "../parse/parse-options.ts";
import { type Edit, orderEdit, type SeatOrder } from "./order-edit.ts";

/**
 * Writes an order for a seat into a document's text. Nothing else in it changes: comments, order and style stay.
 *
 * @example orderSeat(text, { document: "networks-101", order: "reset", seat: "seat-07", value: "2026-10-01T09:30" })
 */
export function orderSeat(text: string, order: SeatOrder): string {
  const found = find(text, order.document);
  const edit = orderEdit(text, found.contents, order);
  const edited = edit === undefined ? text : applied(text, edit);
  return isAsOrdered(found, edited, order) ? edited : rewritten(found, order);
}

interface Found {
  readonly all: readonly Document.Parsed[];
  readonly index: number;
  readonly contents: YAMLMap;
}

function find(text: string, name: string): Found {
  const all = parseAllDocuments(text, parseOptions);
  const index = all.findIndex(
    ({ contents }) =>
      isMap(contents) && textIn(contents, "name") === name && textIn(contents, "kind") !== undefined,
  );
  const contents = all[index]?.contents;
  if (all.every(({ errors }) => errors.length === 0) && isMap(contents)) return { all, index, contents };
  throw new CoppiceError("document.missing", {
    what: `The order could not be written into the document '${name}'`,
    why: "its file does not hold it as it did before, or cannot be read",
    wayOut: "Correct the file and order again",
  });
}

function textIn({ items }: YAMLMap, field: string): unknown {
  const value = items.find(({ key }) => isScalar(key) && key.value === field)?.value;
  return isScalar(value) ? value.value : undefined;
}

function applied(text: string, { from, to, text: own }: Edit): string {
  return text.slice(0, from) + own + text.slice(to);
}

/** Whether a text says what the documents said, and the order. */
function isAsOrdered({ all, index }: Found, text: string, order: SeatOrder): boolean {
  const after = parseAllDocuments(text, parseOptions);
  if (after.length !== all.length || after.some(({ errors }) => errors.length > 0)) return false;
  return all.every((before, each) =>
    isDeepStrictEqual(after[each]?.toJS(), each === index ? ordered(before, order) : before.toJS()),
  );
}

function ordered(before: Document.Parsed, { order, seat, value }: SeatOrder): unknown {
  const said: unknown = before.toJS();
  return isNamed(said) ? { ...said, [order]: ordersIn(said, order, { [seat]: value }) } : said;
}

function ordersIn(said: Named, order: string, more: Named): Named {
  const orders = said[order];
  return isNamed(orders) ? { ...orders, ...more } : more;
}

/** What is written in an unusual way is written anew by the parser, which keeps comments but not every space. */
function rewritten({ all, index }: Found, order: SeatOrder): string {
  const document = all[index];
  const said: unknown = document?.toJS();
  if (isNamed(said)) document?.set(order.order, ordersIn(said, order.order, { [order.seat]: order.value }));
  return all.map(String).join("");
}
