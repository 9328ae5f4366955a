import type {
  Field,
  Fields,
  RecordType,
  Shape,
  TextShape,
  WholeShape,
} from "../../packages/core/src/description/field.ts";
import { durationUnits } from "../../packages/core/src/values/duration.ts";
import { longestName } from "../../packages/core/src/values/name.ts";
import { sizeUnits } from "../../packages/core/src/values/size.ts";
import { fieldDoc } from "../field-doc.ts";

/** A JSON Schema, draft 7: what editors understand best. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of an object with fixed fields. What rules say across fields is not in it. */
export function recordSchema({ sentence, fields }: Pick<RecordType, "sentence" | "fields">): JsonSchema {
  const required = Object.keys(fields).filter((name) => fields[name]?.required === true);
  return {
    type: "object",
    description: sentence,
    properties: fieldSchemas(fields),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function fieldSchemas(fields: Fields): JsonSchema {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(name, field)]));
}

function fieldSchema(name: string, field: Field): JsonSchema {
  const { default: usual, example } = field;
  return {
    ...shapeSchema(field),
    description: fieldDoc(name, field),
    ...(usual !== undefined && { default: usual }),
    ...(example !== undefined && { examples: [example] }),
  };
}

function shapeSchema(shape: Shape): JsonSchema {
  switch (shape.kind) {
    case "text":
      return textSchema(shape);
    case "whole":
      return wholeSchema(shape);
    case "flag":
      return { type: "boolean" };
    case "choice":
      return { enum: Object.keys(shape.choices) };
    case "size":
      return quantitySchema(sizeUnits);
    case "duration":
      return quantitySchema(durationUnits);
    case "list":
      return { type: "array", items: shapeSchema(shape.items) };
    case "map":
      return { type: "object", additionalProperties: shapeSchema(shape.values) };
    case "record":
      return recordSchema(shape.type);
    case "one-of":
      return { anyOf: shape.options.map(shapeSchema) };
  }
}

function textSchema({ name, pattern, mayBeEmpty }: TextShape): JsonSchema {
  if (pattern !== undefined) return { type: "string", pattern: sourceOf(pattern.form) };
  if (name === undefined) return { type: "string", ...(mayBeEmpty !== true && { minLength: 1 }) };
  const form = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";
  return { type: "string", pattern: form, maxLength: longestName(name), not: { const: "constructor" } };
}

/** JSON Schema knows no flags. */
function sourceOf({ source, flags }: RegExp): string {
  if (flags !== "") throw new Error(`The pattern /${source}/${flags} has flags; write it without`);
  return source;
}

function wholeSchema({ from, to }: WholeShape): JsonSchema {
  return {
    type: "integer",
    ...(from !== undefined && { minimum: from }),
    ...(to !== undefined && { maximum: to }),
  };
}

function quantitySchema(units: readonly string[]): JsonSchema {
  return { type: "string", pattern: `^\\d{1,16}(\\.\\d{1,16})?(${units.join("|")})$` };
}
