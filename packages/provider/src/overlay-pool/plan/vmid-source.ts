import { freeVmids } from "@coppice/core";

/** Gives out numbers of a range, each once, leaving out those that are taken. */
export class VmidSource {
  readonly #range: { readonly first: number; readonly last: number };
  readonly #taken: Set<number>;

  constructor(range: { readonly from: number; readonly to: number }, taken: Iterable<number>) {
    this.#range = { first: range.from, last: range.to };
    this.#taken = new Set(taken);
  }

  /** The next free number; undefined when the range has no more. */
  take(): number | undefined {
    const [vmid] = freeVmids(this.#range, this.#taken, 1);
    if (vmid !== undefined) this.#taken.add(vmid);
    return vmid;
  }

  /** How many are left; counts no further than `most`. */
  left(most: number): number {
    return freeVmids(this.#range, this.#taken, most).length;
  }

  /** Takes a number back that nothing stands on any more. */
  release(vmid: number): void {
    this.#taken.delete(vmid);
  }
}
