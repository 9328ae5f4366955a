import { type Clock, systemClock } from "@coppice/core";

/** The machine's clock, running faster by a factor: tests see time-outs of minutes in seconds. */
export class ScaledClock implements Clock {
  readonly #factor: number;
  readonly #origin = Date.now();

  constructor(factor: number) {
    if (!(factor > 0)) throw new RangeError(`a time scale is greater than 0, not ${factor}`);
    this.#factor = factor;
  }

  now(): number {
    return Math.floor(this.#origin + (Date.now() - this.#origin) * this.#factor);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(ms / this.#factor, signal);
  }
}
