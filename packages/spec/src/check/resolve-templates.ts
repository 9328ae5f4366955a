import { type FieldPath, type Mistake, type Named } from "@coppice/core";
import type { DocumentForm } from "./document-form.ts";
import { clusterOf, type KnownDocuments, type Namesakes } from "./known-documents.ts";
import { meantText } from "./meant-text.ts";
import { valueAt, withValueAt } from "./value-at.ts";

/** Stands for a value that is found or chosen later; rules that need it wait. */
export const LATER: unique symbol = Symbol("later");

/** What a document says with the names of templates replaced by their numbers. */
export interface Resolved {
  readonly said: Named;
  /** Names that lead nowhere. */
  readonly mistakes: readonly Mistake[];
  /** Whether every name led to a number. */
  readonly isWhole: boolean;
}

/** Replaces the names of templates by their numbers. */
export function resolveTemplates(form: DocumentForm, said: Named, known: KnownDocuments): Resolved {
  const cluster = clusterOf(said);
  let resolved = said;
  let isWhole = true;
  const mistakes: Mistake[] = [];
  for (const { path, otherTexts } of form.templates) {
    const name = valueAt(said, path);
    if (typeof name !== "string" || otherTexts.has(name)) continue;
    const namesakes = known.templates.get(name);
    if (namesakes === undefined) mistakes.push(unknown(path, name, known));
    else if (!namesakes.has(cluster)) mistakes.push(stray(path, { name, others: namesakes, cluster }));
    const vmid = namesakes?.get(cluster);
    isWhole &&= vmid !== undefined;
    resolved = withValueAt(resolved, path, { vmid: vmid ?? LATER });
  }
  return { said: resolved, mistakes, isWhole };
}

function unknown(path: FieldPath, name: string, { templates, proposals }: KnownDocuments): Mistake {
  const near = meantText(proposals.near(name, [...templates.keys()]));
  const wayOut = near === "" ? "; describe it (kind: Template), or write { vmid: 9000 }" : `; ${near}`;
  return {
    path,
    reason: `is "${name.slice(0, 60)}", and no document of kind Template has that name${wayOut}`,
  };
}

interface Use {
  readonly name: string;
  readonly others: Namesakes;
  readonly cluster: string;
}

function stray(path: FieldPath, { name, others, cluster }: Use): Mistake {
  const [other = ""] = others.keys();
  const reason = `is "${name}", a template on cluster "${other}", and this is on "${cluster}"`;
  return { path, reason: `${reason}; name one of "${cluster}"` };
}
