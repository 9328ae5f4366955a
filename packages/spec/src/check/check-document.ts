import {
  findMistakes,
  formatPath,
  isAbsent,
  isNamed,
  type Mistake,
  type Named,
  nearestNames,
  referenceForms,
} from "@coppice/core";
import { type DocumentForm, documentForms, envelopeType } from "./document-form.ts";
import type { KnownDocuments } from "./known-documents.ts";
import { migrate } from "./migrate.ts";
import { LATER, resolveTemplates } from "./resolve-templates.ts";
import { unknownCluster } from "./unknown-cluster.ts";
import { unknownPlan } from "./unknown-plan.ts";
import { valueAt } from "./value-at.ts";

/** What a document says when it is looked at as a whole. */
export interface Checked {
  /** The form of its kind, where it has a kind. */
  readonly form: DocumentForm | undefined;
  /** What it says, references resolved, in the newest version; undefined where that cannot be told. */
  readonly said: Named | undefined;
  readonly mistakes: readonly Mistake[];
}

/** Everything that is wrong with one document, and what it says. */
export function checkDocument(value: unknown, known: KnownDocuments): Checked {
  if (!isNamed(value)) return { form: undefined, said: undefined, mistakes: [shapeless(value)] };
  const form = formOf(value);
  if (form === undefined) return { form, said: undefined, mistakes: envelopeMistakes(value) };
  const newer = newerMistake(form, value["version"]);
  return newer === undefined ? checkSaid(form, value, known) : { form, said: undefined, mistakes: [newer] };
}

/** It is not repeated: a file of a token that lies among the documents is such a text. */
function shapeless(value: unknown): Mistake {
  const reason = `is ${Array.isArray(value) ? "a list" : "text that is not shown"}, no description`;
  return { path: [], reason: `${reason}; a document begins with "kind: LabClass"` };
}

function formOf({ kind }: Named): DocumentForm | undefined {
  return typeof kind === "string" ? documentForms.get(kind) : undefined;
}

/** Of an unknown kind nothing is known but what every document begins with, and what was meant as such. */
function envelopeMistakes(value: Named): Mistake[] {
  const known = Object.keys(envelopeType.fields);
  const own = Object.entries(value).filter(([name]) => nearestNames(name, known).length > 0);
  const { version, ...said } = Object.fromEntries(own);
  return findMistakes(envelopeType, { ...said, version: typeof version === "number" ? 1 : version });
}

function newerMistake({ newest }: DocumentForm, version: unknown): Mistake | undefined {
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version <= newest) return undefined;
  const reason = `is ${version}, and this Coppice knows version ${newest} and older`;
  return {
    path: ["version"],
    reason: `${reason}; take the Coppice that it was written for, or write it in that version`,
  };
}

function checkSaid(form: DocumentForm, value: Named, known: KnownDocuments): Checked {
  const { version } = value;
  const isOlder = typeof version === "number" && Number.isSafeInteger(version) && version > 0;
  const newest = isOlder ? migrate(form.kind, value, version) : value;
  const { said, mistakes, isWhole } = resolveTemplates(form, newest, known);
  const found = findMistakes(form.type, withLater(form, said), (each) => each === LATER, "all");
  const all = [
    ...mistakes,
    ...found.map((each) => plainSecret(form, said, each)),
    ...unknownCluster(form, said, known),
    ...unknownPlan(form, said, known),
  ];
  return { form, said: isWhole ? said : undefined, mistakes: all };
}

/** Who writes a secret where a reference belongs is told why that is refused. */
function plainSecret({ secrets }: DocumentForm, said: Named, mistake: Mistake): Mistake {
  const path = secrets.find((each) => formatPath(each) === formatPath(mistake.path));
  if (path === undefined || isNamed(valueAt(said, path)) || isAbsent(valueAt(said, path))) return mistake;
  const reason = "is the secret itself, which a document never holds; say where it lies";
  return { path, reason: `${reason}: ${referenceForms}` };
}

/** What is chosen later is not missing, and rules that need it wait. */
function withLater({ chosen }: DocumentForm, said: Named): Named {
  const absent = chosen.filter((name) => isAbsent(said[name]));
  return absent.length === 0 ? said : { ...said, ...Object.fromEntries(absent.map((name) => [name, LATER])) };
}
