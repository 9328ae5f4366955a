import { isDeepStrictEqual } from "node:util";
import { CoppiceError, isNamed, type Named } from "@coppice/core";
import { type Document, isMap, isScalar, parseAllDocuments, type YAMLMap } from "yaml";
import { parseOptions } from "../parse/parse-options.ts";
import { type Edit, type FieldValue, fieldEdit } from "./field-edit.ts";

/**
 * Writes a value into an object of a document's text. Nothing else in it changes: comments, order and style stay.
 *
 * @example writeField(text, { document: "networks-101", path: ["hardware", "memory"], value: "8GiB" })
 */
export function writeField(text: string, wanted: FieldValue): string {
  const found = find(text, wanted.document);
  const edit = fieldEdit(text, found.contents, wanted);
  const edited = edit === undefined ? text : applied(text, edit);
  return isAsWanted(found, edited, wanted) ? edited : rewritten(found, wanted);
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
    what: `Nothing could be written into the document '${name}'`,
    why: "its file does not hold it as it did before, or cannot be read",
    wayOut: "Correct the file, then try again",
  });
}

function textIn({ items }: YAMLMap, field: string): unknown {
  const value = items.find(({ key }) => isScalar(key) && key.value === field)?.value;
  return isScalar(value) ? value.value : undefined;
}

function applied(text: string, { from, to, text: own }: Edit): string {
  return text.slice(0, from) + own + text.slice(to);
}

/** Whether a text says what the documents said, and the value. */
function isAsWanted({ all, index }: Found, text: string, wanted: FieldValue): boolean {
  const after = parseAllDocuments(text, parseOptions);
  if (after.length !== all.length || after.some(({ errors }) => errors.length > 0)) return false;
  return all.every((before, each) =>
    isDeepStrictEqual(after[each]?.toJS(), each === index ? withValue(before, wanted) : before.toJS()),
  );
}

function withValue(before: Document.Parsed, wanted: FieldValue): unknown {
  const said: unknown = before.toJS();
  return isNamed(said) ? { ...said, [wanted.path[0]]: objectIn(said, wanted) } : said;
}

function objectIn(said: Named, { path: [field, name], value }: FieldValue): Named {
  const object = said[field];
  return { ...(isNamed(object) && object), [name]: value };
}

/** What is written in an unusual way is written anew by the parser, which keeps comments but not every space. */
function rewritten({ all, index }: Found, wanted: FieldValue): string {
  const document = all[index];
  const said: unknown = document?.toJS();
  if (isNamed(said)) document?.set(wanted.path[0], objectIn(said, wanted));
  return all.map(String).join("");
}
