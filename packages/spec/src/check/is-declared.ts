import type { FieldPath, Shape } from "@coppice/core";

/** Whether a path ends at a field or in a list: what is wrong there is the value. Elsewhere it is the name. */
export function isDeclared(shape: Shape, [step, ...rest]: FieldPath): boolean {
  if (step === undefined) return true;
  if (shape.kind === "one-of") return shape.options.some((each) => isDeclared(each, [step, ...rest]));
  if (shape.kind === "list") return isDeclared(shape.items, rest);
  if (shape.kind === "map") return rest.length > 0 && isDeclared(shape.values, rest);
  if (shape.kind !== "record" || typeof step !== "string") return false;
  const { fields } = shape.type;
  const field = Object.hasOwn(fields, step) ? fields[step] : undefined;
  return field !== undefined && isDeclared(field, rest);
}
