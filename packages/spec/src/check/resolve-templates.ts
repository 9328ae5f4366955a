import { type FieldPath, type Mistake, type Named } from "@coppice/core";
import type { DocumentForm } from "./document-form.ts";
import { clusterOf, type KnownDocuments, type KnownTemplate } from "./known-documents.ts";
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
  const { templates } = known;
  let resolved = said;
  let isWhole = true;
  const mistakes: Mistake[] = [];
  for (const { path, otherTexts } of form.templates) {
    const name = valueAt(said, path);
    if (typeof name !== "string" || otherTexts.has(name)) continue;
    const template = templates.get(name);
    if (!templates.has(name)) mistakes.push(unknown(path, name, known));
    else if (template !== undefined)
      mistakes.push(...stray(path, { name, template, cluster: clusterOf(said) }));
    isWhole &&= template !== undefined;
    resolved = withValueAt(resolved, path, { vmid: template?.vmid ?? LATER });
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
  readonly template: KnownTemplate;
  readonly cluster: string;
}

function stray(path: FieldPath, { name, template, cluster }: Use): Mistake[] {
  if (template.cluster === cluster) return [];
  const reason = `is "${name}", a template on cluster "${template.cluster}", and this is on "${cluster}"`;
  return [{ path, reason: `${reason}; name one of "${cluster}"` }];
}
