/** Lets a fixed number of holders in at a time, in the order they asked. */
export class Semaphore {
  readonly limit: number;
  #held = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  get held(): number {
    return this.#held;
  }

  /** How many stand before the door. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Runs `work` as soon as there is room. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#held >= this.limit) await new Promise<void>((enter) => this.#waiting.push(enter));
    else this.#held += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#held -= 1;
      else next();
    }
  }
}
