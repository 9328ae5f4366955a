import type { OneOfShape, PlainValue, Shape } from "./field.ts";
import { exampleOf, optionFor } from "./shape-values.ts";

/** The longest text that a message repeats. */
const LONGEST = 60;

/**
 * Writes a value as a program would.
 *
 * @example valueText({ from: 20000, to: 20999 }) // "{ from: 20000, to: 20999 }"
 */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  const fields = Object.entries(value).map(([name, inner]) => `${keyText(name)}: ${valueText(inner)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function keyText(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

/** What a value of the wrong type is, for a message: `4096, a number`. A secret or long one is not repeated. */
export function describeValue(value: unknown, isSecret: boolean): string {
  if (typeof value === "string")
    return isShort(value, isSecret) ? `${valueText(value)}, a text` : longText(value, isSecret);
  if (typeof value === "number") return isSecret ? "a number" : `${value}, a number`;
  if (typeof value === "boolean") return isSecret ? "true or false" : String(value);
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? objectText(value) : `a ${typeof value}`;
}

/** A text of the right type but wrong otherwise: `"4GB"`. */
export function quoteText(text: string, isSecret: boolean): string {
  return isShort(text, isSecret) ? valueText(text) : longText(text, isSecret);
}

function isShort(text: string, isSecret: boolean): boolean {
  return !isSecret && text.length <= LONGEST;
}

function longText(text: string, isSecret: boolean): string {
  return isSecret ? "a text that is not shown" : `a text of ${text.length} characters`;
}

/** An object that a class made is mostly a resource where one of its outputs belongs. */
function objectText(value: object): string {
  const name = value.constructor?.name;
  return name === undefined || name === "" || name === "Object" ? "an object" : `a ${name} object`;
}

/** How a value of this shape is written, as the end of a sentence: `write a size like "4GiB"`. */
export function wayOut(shape: Shape, example: PlainValue | undefined): string {
  const shown = valueText(example ?? exampleOf(shape));
  switch (shape.kind) {
    case "text":
      return example === undefined ? "write a text" : `write a text like ${shown}`;
    case "whole":
      return `write a whole number like ${shown}`;
    case "flag":
      return "write true or false";
    case "choice":
      return `write ${either(Object.keys(shape.choices).map(valueText))}`;
    case "size":
      return `write a size like ${shown}`;
    case "duration":
      return `write a duration like ${shown}`;
    case "list":
      return `write a list like ${shown}`;
    case "map":
    case "record":
      return `write it like ${shown}`;
    case "one-of":
      return `write it like ${either(optionTexts(shape, example))}`;
  }
}

/** Alternatives in a row: `"a", "b" or "c"`. */
export function either(texts: readonly string[]): string {
  const last = texts.at(-1) ?? "";
  return texts.length > 1 ? `${texts.slice(0, -1).join(", ")} or ${last}` : last;
}

/** The example of a field of several shapes belongs to one of them; a bare text shows nothing. */
function optionTexts(shape: OneOfShape, example: PlainValue | undefined): string[] {
  const meant = example === undefined ? undefined : optionFor(shape, example);
  return shape.options
    .filter((option) => option.kind !== "text" || option === meant)
    .map((option) => valueText(example !== undefined && option === meant ? example : exampleOf(option)));
}
