import { freeVmids } from "@coppice/core";

/** Gives out numbers of a range, each once, leaving out those that are taken. */
export class VmidSource {
  readonly #range: { readonly first: number; readonly last: number };
  readonly #taken: Set<number>;
  /** Numbers of machines that have left. */
  readonly #vacated = new Set<number>();

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

  /** A number for a machine that goes again within the run; that of one that has left will do. */
  takeSpare(): number | undefined {
    const vmid = this.take();
    if (vmid !== undefined) return vmid;
    const [vacated] = this.#vacated;
    if (vacated !== undefined) this.#vacated.delete(vacated);
    return vacated;
  }

  /** How many are left for spares; counts no further than `most`. */
  left(most: number): number {
    return Math.min(most, freeVmids(this.#range, this.#taken, most).length + this.#vacated.size);
  }

  /**
   * Takes a number back on which nothing stands any more. No seat gets it in this run: should the run's outcome be lost,
   * the state would go on naming it as a former machine's, and the new one would be nobody's.
   */
  vacate(vmid: number): void {
    this.#vacated.add(vmid);
  }
}
