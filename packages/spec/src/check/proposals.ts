import { nearestNames } from "@coppice/core";

/** So many names are compared in one reading: whoever misspells a few is told what was meant, and a flood ends soon. */
const COMPARISONS = 100_000;

/** Proposes what was meant by misspelt names, as long as there are not too many. */
export class Proposals {
  #left = COMPARISONS;

  /** The names that one most likely means. */
  near(misspelt: string, names: readonly string[]): string[] {
    this.#left -= names.length;
    return this.#left < 0 ? [] : nearestNames(misspelt, names);
  }
}
