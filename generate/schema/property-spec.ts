import type { Field, Fields, Shape } from "../../packages/core/src/description/field.ts";
import { defaultText, fieldDoc } from "../field-doc.ts";

/** A type in a package schema (Pulumi's `TypeSpec`). */
export type TypeSpec = Readonly<Record<string, unknown>>;

/** What a property is for. */
export interface Manner {
  /** A program gives it, so that what must be known before the run is `plain`. */
  readonly isInput: boolean;
}

/** A property of an object in a package schema. */
export function propertySpec(name: string, field: Field, manner: Manner): TypeSpec {
  return {
    description: descriptionOf(name, field),
    ...typeSpec(field, { isPlain: manner.isInput && field.late !== true }),
    ...(field.secret === true ? { secret: true } : {}),
    ...(field.replaces === true ? { willReplaceOnChanges: true } : {}),
  };
}

/** All properties of an object, and the names of those that are always there. */
export function propertySpecs(
  fields: Fields,
  manner: Manner,
): { readonly properties: Readonly<Record<string, TypeSpec>>; readonly required: readonly string[] } {
  const all = Object.entries(fields);
  return {
    properties: Object.fromEntries(all.map(([name, field]) => [name, propertySpec(name, field, manner)])),
    required: all.flatMap(([name, field]) => (field.required === true ? [name] : [])),
  };
}

/**
 * Defaults are told and not declared: the SDKs would fill them in themselves, those of the plugin that they were made
 * from. The example of a secret is a line of TypeScript.
 */
function descriptionOf(name: string, field: Field): string {
  const { secret: _secret, ...told } = field;
  const usual = defaultText(field);
  return usual === undefined ? fieldDoc(name, told) : `${fieldDoc(name, told)} Default: \`${usual}\`.`;
}

function typeSpec(shape: Shape, manner: { readonly isPlain: boolean }): TypeSpec {
  return { ...bareSpec(shape, manner), ...(manner.isPlain ? { plain: true } : {}) };
}

function bareSpec(shape: Shape, manner: { readonly isPlain: boolean }): TypeSpec {
  switch (shape.kind) {
    case "text":
    case "size":
    case "duration":
      return { type: "string" };
    case "choice":
      return shape.name === undefined ? { type: "string" } : { $ref: typeReference(shape.name) };
    case "whole":
      // Pulumi's integer has 32 bits in some SDKs.
      return { type: shape.large === true ? "number" : "integer" };
    case "flag":
      return { type: "boolean" };
    case "list":
      return { type: "array", items: typeSpec(shape.items, manner) };
    case "map":
      return { type: "object", additionalProperties: typeSpec(shape.values, manner) };
    case "record":
      return { $ref: typeReference(shape.type.name) };
    case "one-of":
      return { oneOf: shape.options.map((option) => typeSpec(option, manner)) };
  }
}

function typeReference(name: string): string {
  return `#/types/coppice:index:${name}`;
}
