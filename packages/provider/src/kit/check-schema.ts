import { isList, isProperties, type JsonValue, type Properties } from "@coppice/core";
import { propertyPath } from "./property-path.ts";
import type { CheckFailure } from "./resource-handler.ts";
import type { PropertySchema, ResourceSchema } from "./resource-schema.ts";
import { unknownValue } from "./unknown.ts";

type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, PropertySchema>>;

/** What is wrong with inputs by their schema alone: missing, misspelt or of the wrong type. */
export function checkSchema(schema: ResourceSchema, inputs: Properties): CheckFailure[] {
  return checkFields(schema.inputs, inputs, []);
}

function checkFields(fields: Fields, given: Properties, path: Path): CheckFailure[] {
  const missing = Object.entries(fields)
    .filter(([name, field]) => field.required === true && isAbsent(given[name]))
    .map(([name]) => failure([...path, name], "is required"));
  const found = Object.entries(given).flatMap(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) return [failure([...path, name], `is not known; known are ${names(fields)}`)];
    return isAbsent(value) ? [] : checkValue(field, value, [...path, name]);
  });
  return [...missing, ...found];
}

function checkValue(schema: PropertySchema, value: JsonValue, path: Path): CheckFailure[] {
  if (value === unknownValue) return [];
  if (!hasType(schema, value))
    return [failure(path, `must be ${article(schema.type)}, not ${typeName(value)}`)];
  const { items, values, fields } = schema;
  if (items !== undefined && isList(value)) {
    return value.flatMap((item, index) => checkValue(items, item, [...path, index]));
  }
  if (!isProperties(value)) return [];
  if (fields !== undefined) return checkFields(fields, value, path);
  if (values === undefined) return [];
  return Object.entries(value).flatMap(([key, item]) => checkValue(values, item, [...path, key]));
}

function hasType(schema: PropertySchema, value: JsonValue): boolean {
  if (schema.type === "integer") return Number.isSafeInteger(value);
  if (schema.type === "array") return Array.isArray(value);
  if (schema.type === "object") return isProperties(value);
  return typeof value === schema.type;
}

function failure(path: Path, reason: string): CheckFailure {
  return { property: propertyPath(...path), reason };
}

function isAbsent(value: JsonValue | undefined): boolean {
  return value === undefined || value === null;
}

function names(fields: Fields): string {
  return Object.keys(fields).join(", ");
}

function typeName(value: JsonValue): string {
  if (value === null) return "null";
  return article(Array.isArray(value) ? "array" : typeof value);
}

function article(type: string): string {
  return `${/^[aio]/.test(type) ? "an" : "a"} ${type}`;
}
