import type { Limits } from "@coppice/core";
import type { Asked } from "./asked.ts";

/** What the resources of a stack asked for and set so far in this run, each by its URN. */
export class StackMemory {
  readonly asked = new Map<string, Asked>();
  /** By cluster and tenant, what resources of the stack itself set. */
  readonly limits = new Map<string, Limits>();
  /** Resources that could not be read, which have been told. */
  readonly unread = new Set<string>();
  readonly #told = new Set<string>();

  /** Whether a sentence is told for the first time. */
  isNew(sentence: string): boolean {
    return this.#told.size < this.#told.add(sentence).size;
  }

  /** Forgets everything: the run is over. */
  clear(): void {
    for (const part of [this.asked, this.limits, this.unread, this.#told]) part.clear();
  }
}
