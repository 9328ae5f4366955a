import type { Kind } from "@coppice/core";

/** The inputs among what a state records: the fields of its kind. */
export function inputsOf<Inputs extends object>(kind: Kind<Inputs>, state: Inputs): Inputs {
  const entries = Object.entries(state).filter(([name]) => Object.hasOwn(kind.fields, name));
  return Object.fromEntries(entries) as Inputs; // as: the type's fields are the kind's
}
