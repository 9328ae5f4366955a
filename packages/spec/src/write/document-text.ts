import { documentKinds, newestVersion } from "@coppice/core";
import { Document, isCollection, isPair, isScalar, visit } from "yaml";
import type { SpecDocument } from "../document/documents.ts";

/** The longest list or object that stands on one line. */
const LONGEST = 80;

/**
 * Writes a description as YAML, which `readDocuments` reads as the same.
 *
 * @example documentText({ kind: "Pool", name: "lab", inputs: { poolid: "lab" } })
 */
export function documentText({ kind, name, inputs }: Pick<SpecDocument, "kind" | "name" | "inputs">): string {
  const form = documentKinds.find((each) => each.name === kind) ?? { migrations: [] };
  const said = { kind, version: newestVersion(form), name, ...inputs };
  // Readers of YAML 1.1 take more words for numbers, dates and truth; those are quoted too.
  const document = new Document(said, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, (_key, node) => {
    if (isCollection(node) && node !== document.contents && fitsOneLine(node)) node.flow = true;
  });
  return document.toString({ lineWidth: 0 });
}

function fitsOneLine(node: { readonly items: readonly unknown[] }): boolean {
  const isFlat = node.items.every((item) => isScalar(isPair(item) ? item.value : item));
  return isFlat && JSON.stringify(node).length <= LONGEST;
}
