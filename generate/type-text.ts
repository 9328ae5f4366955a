import type { Field, Shape } from "../packages/core/src/description/field.ts";
import { valueText } from "../packages/core/src/description/value-text.ts";

/** How the TypeScript type of a shape is written: as values are read, or as a program may give them. */
export interface Manner {
  /** The name of the type of an object with fixed fields. */
  record(name: string): string;
}

/** The TypeScript type of what a shape holds. */
export function typeText(shape: Shape, manner: Manner): string {
  switch (shape.kind) {
    case "text":
      return "string";
    case "whole":
      return "number";
    case "flag":
      return "boolean";
    case "choice":
      return Object.keys(shape.choices).map(valueText).join(" | ");
    case "size":
      return "SizeText";
    case "duration":
      return "DurationText";
    case "list":
      return listOf(typeText(shape.items, manner));
    case "map":
      return mapOf(typeText(shape.values, manner));
    case "record":
      return manner.record(shape.type.name);
    case "one-of":
      return shape.options.map((option) => typeText(option, manner)).join(" | ");
  }
}

/** The type of an argument: what may be the output of another resource is an `Input`, its items too. */
export function inputText(field: Field, manner: Manner): string {
  if (field.late !== true) return typeText(field, manner);
  if (field.kind === "list") return `Input<${listOf(`Input<${typeText(field.items, manner)}>`)}>`;
  if (field.kind === "map") return `Input<${mapOf(`Input<${typeText(field.values, manner)}>`)}>`;
  return `Input<${typeText(field, manner)}>`;
}

function listOf(items: string): string {
  return items.includes(" | ") && !items.endsWith(">") ? `readonly (${items})[]` : `readonly ${items}[]`;
}

function mapOf(values: string): string {
  return `Readonly<Record<string, ${values}>>`;
}

const WIDTH = 110;

/** A declaration, with the members of a long union below each other. */
export function declaration(head: string, type: string): string {
  const line = `${head} ${type};`;
  if (line.length <= WIDTH || !/^"[^"]*"( \| "[^"]*")+$/.test(type)) return line;
  const indent = `${/^ */.exec(head)?.[0] ?? ""}  `;
  return [head, ...type.split(" | ").map((member) => `${indent}| ${member}`)].join("\n").concat(";");
}
