import type { Fields, RecordType } from "../packages/core/src/description/field.ts";
import type { Kind } from "../packages/core/src/description/kind.ts";
import { valueText } from "../packages/core/src/description/value-text.ts";
import { docComment } from "./doc-comment.ts";
import { defaultText, fieldDoc } from "./field-doc.ts";
import { namedTypes } from "./named-types.ts";
import { declaration, typeText } from "./type-text.ts";

/** What plain types are made of. */
export interface Described {
  readonly components: readonly Kind[];
  readonly resources: readonly Kind[];
  /** Objects that are described and that no resource is made of. */
  readonly records: readonly RecordType[];
}

/**
 * Types of what is described, as the code that acts reads it: a field with a default is always there. They are type
 * aliases, since only those can stand where any object of JSON values is wanted.
 */
export function plainTypes({ components, resources, records }: Described): string {
  const kinds = [...components, ...resources];
  const outputs = resources.map((kind) => kind.outputs);
  const all = namedTypes([...[...kinds, ...records].map(({ fields }) => fields), ...outputs]);
  return [
    ...kinds.map((kind) =>
      objectType(`${kind.name}Inputs`, `What is described of \`${kind.name}\`.`, kind.fields),
    ),
    ...resources.map(stateType),
    ...records.map(({ name, sentence, fields }) => objectType(name, sentence, fields)),
    ...[...all.records.values()].map(({ name, sentence, fields }) => objectType(name, sentence, fields)),
    ...[...all.choices].map(([name, { choices }]) => choiceType(name, Object.keys(choices))),
  ].join("\n");
}

const plain = { record: (name: string) => name };

function objectType(name: string, sentence: string, fields: Fields): string {
  return [docComment("", sentence), `export type ${name} = {`, ...members(fields), "};", ""].join("\n");
}

function members(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const mark = field.required === true || field.default !== undefined ? "" : "?";
    const usual = defaultText(field);
    const tags = usual === undefined ? [] : [`@default ${usual}`];
    return [
      docComment("  ", fieldDoc(name, field), tags),
      declaration(`  readonly ${name}${mark}:`, typeText(field, plain)),
    ];
  });
}

function stateType({ name, outputs }: Kind): string {
  const isEmpty = Object.keys(outputs).length === 0;
  const own = isEmpty ? [";"] : [" & {", ...members(outputs), "};"];
  const [first = "", ...rest] = own;
  const doc = docComment("", `What is recorded of \`${name}\`.`);
  return [doc, `export type ${name}State = ${name}Inputs${first}`, ...rest, ""].join("\n");
}

function choiceType(name: string, choices: readonly string[]): string {
  const doc = docComment("", `One of ${choices.map((choice) => `\`${choice}\``).join(", ")}.`);
  return [doc, declaration(`export type ${name} =`, choices.map(valueText).join(" | ")), ""].join("\n");
}
