import type { NumberTraces, ObservedCluster } from "@coppice/clusters";
import type { BaseGenerationInputs } from "@coppice/core";

/** The free numbers of a range, the highest first: seats take the lowest. */
export class FreeNumbers {
  readonly #range: BaseGenerationInputs["vmids"];
  readonly #taken: Set<number>;
  readonly #traces: NumberTraces["numbers"];

  constructor(
    range: BaseGenerationInputs["vmids"],
    { guests }: Pick<ObservedCluster, "guests">,
    { numbers }: Pick<NumberTraces, "numbers">,
  ) {
    this.#range = range;
    this.#taken = new Set(guests.keys());
    this.#traces = numbers;
  }

  /** Takes the next number. One whose former guest left something that the next would inherit is passed over. */
  takeHighest(warn: (warning: string) => void): number | undefined {
    for (let vmid = this.#range.to; vmid >= this.#range.from; vmid -= 1) {
      if (this.#taken.has(vmid)) continue;
      this.#taken.add(vmid);
      const trace = this.#traces.get(vmid);
      if (trace === undefined) return vmid;
      warn(`Number ${vmid} is passed over: its former machine left something: ${trace}.`);
    }
    return undefined;
  }
}
