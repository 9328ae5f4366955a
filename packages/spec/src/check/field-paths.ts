import type { Field, Fields, Shape } from "@coppice/core";

/** Where the fields lie that a question is asked of: names of fields, inside of objects with fixed fields only. */
export function fieldPaths(fields: Fields, isWanted: (field: Field) => boolean): string[][] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const inside = recordsOf(field).flatMap((inner) => fieldPaths(inner, isWanted));
    const below = inside.map((path) => [name, ...path]);
    return isWanted(field) ? [[name], ...below] : below;
  });
}

function recordsOf(shape: Shape): Fields[] {
  if (shape.kind === "record") return [shape.type.fields];
  return shape.kind === "one-of" ? shape.options.flatMap(recordsOf) : [];
}
