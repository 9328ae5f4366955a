import type { Field } from "./field.ts";
import { findMistakes } from "./find-mistakes.ts";
import type { Kind } from "./kind.ts";
import type { Mistake } from "./mistake.ts";
import type { IsUnknown } from "./with-defaults.ts";

/** What a program says of one thing. */
export interface Described {
  /** Its name in the program. */
  readonly name: string;
  readonly inputs: unknown;
}

/**
 * Everything that is wrong with a thing as a program describes it: its name and its inputs.
 *
 * @example findKindMistakes(labClassKind, { name: "lab", inputs: args }, (value) => Output.isInstance(value))
 */
export function findKindMistakes(kind: Kind, { name, inputs }: Described, isUnknown?: IsUnknown): Mistake[] {
  return [...nameMistakes(kind, name), ...findMistakes(kind, inputs, isUnknown)];
}

function nameMistakes({ named, ...kind }: Kind, name: string): Mistake[] {
  if (named === undefined) return [];
  const field: Field = { kind: "text", name: named, sentence: "Its name.", required: true };
  return findMistakes({ name: kind.name, sentence: kind.sentence, fields: { name: field } }, { name });
}
