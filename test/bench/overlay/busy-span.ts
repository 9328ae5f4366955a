import type { Emulator } from "@coppice/emulator";

/** How long a cluster is asked for something, from the first request to the last answer. */
export class BusySpan {
  #first = Number.NaN;
  #last = Number.NaN;

  /** The emulator asks its faults at every request and answer, which is where time is noted. */
  constructor({ cluster: { faults } }: Emulator) {
    const take = faults.take.bind(faults);
    faults.take = (point, subject) => {
      if (point === "request" || point === "response" || point === "ssh") this.#note();
      return take(point, subject);
    };
  }

  /** Forgets what was seen. */
  start(): void {
    this.#first = Number.NaN;
    this.#last = Number.NaN;
  }

  /** Milliseconds from the first request since the start to the last answer; 0 when nothing was asked. */
  get ms(): number {
    return Number.isNaN(this.#first) ? 0 : this.#last - this.#first;
  }

  #note(): void {
    const now = performance.now();
    if (Number.isNaN(this.#first)) this.#first = now;
    this.#last = now;
  }
}
