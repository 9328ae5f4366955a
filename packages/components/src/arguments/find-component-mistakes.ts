import { type Described, findKindMistakes, type Kind, type Mistake } from "@coppice/core";
import { isOutput } from "./is-output.ts";

/** Everything that is wrong with a component as a program describes it, before it is made. */
export function findComponentMistakes(kind: Kind, described: Described): Mistake[] {
  return findKindMistakes(kind, described, isOutput);
}
