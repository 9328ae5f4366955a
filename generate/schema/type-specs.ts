import type { ChoiceShape, Fields, RecordType } from "../../packages/core/src/description/field.ts";
import { namedTypes } from "../named-types.ts";
import { type Manner, propertySpecs, type TypeSpec } from "./property-spec.ts";

/** Every type with a name that some fields use, by its token. */
export function typeSpecs(all: readonly Fields[], manner: Manner): Readonly<Record<string, TypeSpec>> {
  const { records, choices } = namedTypes(all);
  const specs = [
    ...[...records].map(([name, type]) => [name, objectSpec(type, manner)] as const),
    ...[...choices].map(([name, choice]) => [name, enumSpec(choice)] as const),
  ];
  return Object.fromEntries(specs.map(([name, spec]) => [`coppice:index:${name}`, spec]));
}

function objectSpec({ sentence, fields }: RecordType, manner: Manner): TypeSpec {
  return { type: "object", description: sentence, ...propertySpecs(fields, manner) };
}

function enumSpec({ choices }: ChoiceShape): TypeSpec {
  const values = Object.entries(choices).map(([value, meaning]) => ({
    name: pascalCase(value),
    description: `\`${value}\` ${meaning}.`,
    value,
  }));
  return { type: "string", enum: values };
}

/** A name that every language can give to a constant: `reset-if-untouched` is `ResetIfUntouched`. */
function pascalCase(text: string): string {
  return text.replaceAll(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
