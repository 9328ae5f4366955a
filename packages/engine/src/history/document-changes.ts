import { componentKinds, type Fields, resourceKinds } from "@coppice/core";
import { type Description, documentKey } from "../documents/description.ts";
import { type FieldChange, fieldChanges } from "./field-changes.ts";

/** What differs in one document between two versions. */
export interface DocumentChange {
  readonly kind: string;
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** All that is or was said, where the document was added or removed. */
  readonly fields: readonly FieldChange[];
}

/** What differs between the documents of two versions: removed ones first, then in the order of the later version. */
export function documentChanges(
  before: readonly Description[],
  after: readonly Description[],
): DocumentChange[] {
  const former = new Map(before.map((document) => [documentKey(document), document]));
  const kept = new Set(after.map(documentKey));
  const removed = before.filter((document) => !kept.has(documentKey(document)));
  return [
    ...removed.map((document) => changeOf(document, undefined)),
    ...after.map((document) => changeOf(former.get(documentKey(document)), document)),
  ].filter((change) => change.change !== "changed" || change.fields.length > 0);
}

function changeOf(old: Description | undefined, now: Description | undefined): DocumentChange {
  const { kind, name } = now ?? old ?? { kind: "", name: "" };
  const change = old === undefined ? "added" : now === undefined ? "removed" : "changed";
  return { kind, name, change, fields: fieldChanges(fieldsOf(kind), old?.inputs ?? {}, now?.inputs ?? {}) };
}

function fieldsOf(kind: string): Fields {
  return [...componentKinds, ...resourceKinds].find(({ name }) => name === kind)?.fields ?? {};
}
