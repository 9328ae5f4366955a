import type { ChoiceShape, Fields, RecordType, Shape } from "../packages/core/src/description/field.ts";

/** The types with a name that fields use, in the order in which a reader meets them. */
export interface NamedTypes {
  readonly records: ReadonlyMap<string, RecordType>;
  readonly choices: ReadonlyMap<string, ChoiceShape>;
}

/** Finds every type with a name. Two different ones under the same name would be one type to whoever uses it. */
export function namedTypes(all: readonly Fields[]): NamedTypes {
  const records = new Map<string, RecordType>();
  const choices = new Map<string, ChoiceShape>();
  const visit = (shape: Shape) => {
    if (shape.kind === "choice" && shape.name !== undefined) note(choices, shape.name, shape, isSameChoice);
    if (shape.kind === "record" && note(records, shape.type.name, shape.type, isSame)) {
      Object.values(shape.type.fields).forEach(visit);
    }
    innerShapes(shape).forEach(visit);
  };
  for (const fields of all) Object.values(fields).forEach(visit);
  return { records, choices };
}

function note<T>(found: Map<string, T>, name: string, type: T, isEqual: (a: T, b: T) => boolean): boolean {
  const known = found.get(name);
  if (known === undefined) found.set(name, type);
  else if (!isEqual(known, type)) throw new Error(`Two different types are called ${name}; rename one`);
  return known === undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other;
}

/** Each field is a shape of its own; their texts are the same object. */
function isSameChoice(one: ChoiceShape, other: ChoiceShape): boolean {
  return one.choices === other.choices;
}

function innerShapes(shape: Shape): readonly Shape[] {
  if (shape.kind === "list") return [shape.items];
  if (shape.kind === "map") return [shape.values];
  return shape.kind === "one-of" ? shape.options : [];
}
