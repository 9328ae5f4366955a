import { type Fields, holdsSecret, type Kind } from "@coppice/core";

/** All that a resource shows of itself: what it was told, and what a run makes known. */
export function outputFields({ fields, outputs }: Kind): Fields {
  return { ...fields, ...outputs };
}

/** Names of the top-level properties that must never be readable: those that are secrets or hold one. */
export function secretNames(kind: Kind): ReadonlySet<string> {
  const secrets = Object.entries(outputFields(kind)).filter(([, field]) => holdsSecret(field));
  return new Set(secrets.map(([name]) => name));
}
