import {
  type DocumentKind,
  documentKinds,
  envelopeOf,
  type Fields,
  mayNameTemplate,
  newestVersion,
  type RecordType,
} from "@coppice/core";
import { fieldPaths } from "./field-paths.ts";

/** What is needed to check documents of one kind, made once of its description. */
export interface DocumentForm {
  readonly kind: DocumentKind;
  readonly newest: number;
  /** The kind's fields behind those of the envelope. */
  readonly type: RecordType;
  /** Fields that are chosen where they are left out. */
  readonly chosen: readonly string[];
  /** Where the name of a template may stand, and the texts that are none there. */
  readonly templates: readonly TemplatePlace[];
  /** The field that names a plan, where there is one. */
  readonly plan: string | undefined;
  /** Where references to secrets stand. */
  readonly secrets: readonly (readonly string[])[];
  /** Where paths of files stand. */
  readonly paths: readonly (readonly string[])[];
}

/** A field that may hold the name of a template. */
export interface TemplatePlace {
  readonly path: readonly string[];
  readonly otherTexts: ReadonlySet<string>;
}

/** The form of a kind. */
export function documentForm(kind: DocumentKind): DocumentForm {
  const { name, sentence, fields, rules = [] } = kind.type;
  return {
    kind,
    newest: newestVersion(kind),
    type: { name, sentence, fields: { ...envelopeOf(documentKinds, kind.named), ...fields }, rules },
    chosen: Object.keys(fields).filter((each) => fields[each]?.chosen === true),
    templates: fieldPaths(fields, mayNameTemplate).map((path) => ({
      path,
      otherTexts: choicesAt(fields, path),
    })),
    plan: Object.keys(fields).find((each) => namesPlan(fields[each])),
    secrets: fieldPaths(fields, ({ secret }) => secret === true),
    paths: fieldPaths(fields, (field) => field.kind === "text" && field.path === true),
  };
}

function namesPlan(field: Fields[string] | undefined): boolean {
  return field?.kind === "text" && field.name === "plan";
}

function choicesAt(fields: Fields, [name = "", ...rest]: readonly string[]): ReadonlySet<string> {
  const field = fields[name];
  if (field?.kind === "record" && rest.length > 0) return choicesAt(field.type.fields, rest);
  if (field?.kind !== "one-of") return new Set();
  return new Set(field.options.flatMap((each) => (each.kind === "choice" ? Object.keys(each.choices) : [])));
}

/** The forms of all kinds by name. */
export const documentForms: ReadonlyMap<string, DocumentForm> = new Map(
  documentKinds.map((kind) => [kind.name, documentForm(kind)]),
);

/** What is known of a document whose kind is not: its envelope. */
export const envelopeType: RecordType = {
  name: "Document",
  sentence: "A description.",
  fields: envelopeOf(documentKinds),
};
