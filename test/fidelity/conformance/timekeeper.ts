import { VirtualClock } from "@coppice/core";

/** An answer that needs nothing but computing comes within this many milliseconds: the clock stands still for them. */
const atOnceMs = 15;
/** What takes the machine's own time, as `qemu-img` does, is over by then: only now time hurries. */
const soonMs = 60;
const lookEveryMs = 3;
const stepMs = 10;
const longestStepMs = 1000;
const growth = 1.3;

/** The clock of a replay: it stands still but while something is waited for, so that waiting costs next to nothing. */
export class Timekeeper {
  readonly clock = new VirtualClock(Date.now());

  /** Waits for something, and lets time pass for as long as it waits for time; at most so many milliseconds of it. */
  async until<T>(wanted: Promise<T>, patienceMs = Number.POSITIVE_INFINITY): Promise<T | undefined> {
    const waiting = { over: false };
    void wanted.then(
      () => {
        waiting.over = true;
      },
      () => {
        waiting.over = true;
      },
    );
    const started = Date.now();
    const end = this.clock.now() + patienceMs;
    let step = stepMs;
    while (!waiting.over && this.clock.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      const waited = Date.now() - started;
      if (waited > soonMs) step = Math.min(longestStepMs, step * growth);
      if (waited > atOnceMs && !waiting.over) await this.clock.advance(step);
    }
    return waiting.over ? await wanted : undefined;
  }
}
