import type { Field, Fields, Shape } from "./field.ts";
import { formatPath } from "./mistake.ts";
import { isSameName, nearestNames } from "./nearest-names.ts";
import { either } from "./value-text.ts";

/** A field that nobody knows, and those that were perhaps meant. */
export interface UnknownField {
  readonly name: string;
  /** Fields of the same object. */
  readonly meant: readonly string[];
  readonly reason: string;
}

/** Of so many names is asked what they were meant for: nobody who misspells writes more of them. */
const ASKED = 50;

/** The names that are no fields, each with what was perhaps meant: a field spelt alike, else one inside of another. */
export function unknownFields(fields: Fields, names: readonly string[]): UnknownField[] {
  const known = Object.keys(fields);
  return names
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name, index) => {
      if (index >= ASKED) return { name, meant: [], reason: reasonFor([], known) };
      const meant = nearestNames(name, known);
      const proposals = meant.length > 0 ? meant : pathsTo(name, fields).map(formatPath);
      return { name, meant, reason: reasonFor(proposals, known) };
    });
}

function reasonFor(proposals: readonly string[], known: readonly string[]): string {
  if (proposals.length === 0) return `is not known; known are ${known.join(", ")}`;
  return `is not known; did you mean ${either(proposals.map((name) => `'${name}'`))}?`;
}

/** Where a name is a field of an object inside these fields: `memory` at `hardware.memory`. */
function pathsTo(name: string, fields: Fields): string[][] {
  return Object.entries(fields).flatMap(([outer, field]) =>
    innerFields(field).flatMap((inner) => {
      const here = Object.keys(inner).filter((each) => isSameName(each, name));
      return [...here.map((each) => [outer, each]), ...pathsTo(name, inner).map((path) => [outer, ...path])];
    }),
  );
}

function innerFields(shape: Field | Shape): Fields[] {
  if (shape.kind === "record") return [shape.type.fields];
  return shape.kind === "one-of" ? shape.options.flatMap(innerFields) : [];
}
