import type { OneOfShape, PlainValue, RecordType, Shape } from "./field.ts";

/** An object with named values: what a program writes as `{ … }`, not what a class makes. */
export type Named = Readonly<Record<string, unknown>>;

/** Whether a value is an object with named values. */
export function isNamed(value: unknown): value is Named {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Also one that another realm made, whose `Object.prototype` is its own.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether a value is left out: as every program writes it, or as YAML and JSON do. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** The value of a field that an object has itself. */
export function valueIn(named: Named, name: string): unknown {
  return Object.hasOwn(named, name) ? named[name] : undefined;
}

/** Whether a value is what JavaScript calls what the shape holds; it may be wrong otherwise. */
export function hasJsType(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case "text":
    case "choice":
    case "size":
    case "duration":
      return typeof value === "string";
    case "whole":
      return typeof value === "number";
    case "flag":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value);
    case "map":
    case "record":
      return isNamed(value);
    case "one-of":
      return optionFor(shape, value) !== undefined;
  }
}

/** The option of a field of several shapes that a value is meant as. */
export function optionFor({ options }: OneOfShape, value: unknown): Shape | undefined {
  return options.find((option) => hasJsType(option, value));
}

/** A right value, for messages and documents: the one that the field names, else one made of its parts. */
export function exampleOf(shape: Shape & { readonly example?: PlainValue }): PlainValue {
  if (shape.example !== undefined) return shape.example;
  switch (shape.kind) {
    case "text":
      return "…";
    case "whole":
      return shape.from ?? 1;
    case "flag":
      return true;
    case "choice":
      return Object.keys(shape.choices)[0] ?? "";
    case "size":
      return shape.least;
    case "duration":
      return "7d";
    case "list":
      return [exampleOf(shape.items)];
    case "map":
      return { "seat-01": exampleOf(shape.values) };
    case "record":
      return exampleRecord(shape.type);
    case "one-of":
      return shape.options[0] === undefined ? "…" : exampleOf(shape.options[0]);
  }
}

/** An object with what it needs; with everything, when it needs nothing. */
function exampleRecord({ fields }: RecordType): PlainValue {
  const needed = Object.entries(fields).filter(([, field]) => field.required === true);
  const shown = needed.length > 0 ? needed : Object.entries(fields);
  return Object.fromEntries(shown.map(([name, field]) => [name, exampleOf(field)]));
}

/** Whether a value, or anything inside it, is a secret. */
export function holdsSecret(shape: Shape & { readonly secret?: true }): boolean {
  if (shape.secret === true) return true;
  if (shape.kind === "record") return Object.values(shape.type.fields).some(holdsSecret);
  if (shape.kind === "list") return holdsSecret(shape.items);
  if (shape.kind === "map") return holdsSecret(shape.values);
  return shape.kind === "one-of" && shape.options.some(holdsSecret);
}
