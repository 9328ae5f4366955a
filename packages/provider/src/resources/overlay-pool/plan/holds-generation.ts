import { copyFor, type Generation } from "@coppice/core";

/** In a generation that a preview assumes, the node of a copy that each node gets which has none yet. */
export const ANY_NODE = "";

/** Whether seats on a node can stand on a generation, or could once the copies are made that a preview assumes. */
export function holdsGeneration(base: Pick<Generation, "copies" | "shared">, node: string): boolean {
  return copyFor(base, node) !== undefined || base.copies[ANY_NODE] !== undefined;
}
