import { CoppiceError, copyFor, type Generation, type GenerationCopy } from "@coppice/core";

/**
 * The copy that a node's seats stand on. The plan puts seats only where there is one; somebody may have moved a seat.
 *
 * @throws CoppiceError `generation.no-copy`
 */
export function copyOn(base: Generation, node: string): GenerationCopy {
  const copy = copyFor(base, node);
  if (copy !== undefined) return copy;
  throw new CoppiceError("generation.no-copy", {
    what: `Seats on node '${node}' cannot stand on generation ${base.number}`,
    why: `only ${Object.keys(base.copies).join(", ")} have a copy of it, and storage '${base.storage}' is not shared`,
    wayOut: `Name '${node}' in 'nodes', or move the seat back`,
  });
}
