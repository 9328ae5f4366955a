import type { Fields } from "../packages/core/src/description/field.ts";
import type { Kind } from "../packages/core/src/description/kind.ts";
import { docComment } from "./doc-comment.ts";
import { defaultText, fieldDoc } from "./field-doc.ts";
import { namedTypes } from "./named-types.ts";
import { declaration, inputText } from "./type-text.ts";

/** A file that holds interfaces of arguments already, and the kinds that it holds those of. */
export interface Elsewhere {
  readonly from: string;
  readonly kinds: readonly Kind[];
}

/**
 * A file with interfaces of the arguments that a program gives. What may be the output of another resource is an
 * `Input`; all else is plain, since a run is planned by it.
 */
export function argumentTypes(kinds: readonly Kind[], elsewhere?: Elsewhere): string {
  const known = recordsOf(elsewhere?.kinds ?? []);
  const records = recordsOf(kinds);
  const own = [...records.values()].filter(({ name }) => !known.has(name));
  const shared = [...records.keys()].filter((name) => known.has(name)).map((name) => `${name}Args`);
  const interfaces = [
    ...kinds.map(({ name, fields }) => argumentInterface(name, `Arguments of \`${name}\`.`, fields)),
    ...own.map(({ name, sentence, fields }) => argumentInterface(name, sentence, fields)),
  ].join("\n");
  return [...imports(interfaces, shared, elsewhere?.from ?? ""), "", interfaces].join("\n");
}

function recordsOf(kinds: readonly Kind[]): ReturnType<typeof namedTypes>["records"] {
  return namedTypes(kinds.map(({ fields }) => fields)).records;
}

function imports(text: string, shared: readonly string[], from: string): string[] {
  const used = (names: readonly string[]) => names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  const lines: [names: string[], from: string][] = [
    [used(["DurationText", "SizeText"]), "@coppice/core"],
    [used(shared).sort(), from],
    [used(["Input"]), "@pulumi/pulumi"],
  ];
  return lines.flatMap(([names, module]) =>
    names.length === 0 ? [] : [`import type { ${names.join(", ")} } from "${module}";`],
  );
}

const args = { record: (name: string) => `${name}Args` };

function argumentInterface(name: string, sentence: string, fields: Fields): string {
  const members = Object.entries(fields).flatMap(([field, words]) => {
    const usual = defaultText(words);
    const tags = usual === undefined ? [] : [`@default ${usual}`];
    const mark = words.required === true ? "" : "?";
    return [
      docComment("  ", fieldDoc(field, words), tags),
      declaration(`  readonly ${field}${mark}:`, inputText(words, args)),
    ];
  });
  return [docComment("", sentence), `export interface ${name}Args {`, ...members, "}", ""].join("\n");
}
