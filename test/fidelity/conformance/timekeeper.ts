import { performance } from "node:perf_hooks";
import { VirtualClock } from "@coppice/core";

/**
 * An answer that needs nothing but computing comes before this process has had nothing to do for so many milliseconds:
 * the clock stands still for it, however busy the machine is.
 */
const atOnceMs = 15;
/** Then time hurries; later where a program runs, as `qemu-img` does, which takes the machine's own time. */
const soonMs = 60;
const soonWithProgramMs = 300;
const lookEveryMs = 3;
const stepMs = 10;
const longestStepMs = 1000;
const growth = 1.3;

/** The clock of a replay: it stands still but while something is waited for, so that waiting costs next to nothing. */
export class Timekeeper {
  readonly clock: VirtualClock;

  /** Starts at so many milliseconds since the epoch. */
  constructor(startAt: number) {
    this.clock = new VirtualClock(startAt);
  }

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
    const started = idleMs();
    const end = this.clock.now() + patienceMs;
    const children = childProcesses();
    let step = stepMs;
    while (!waiting.over && this.clock.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      const waited = idleMs() - started;
      const soon = childProcesses() > children ? soonWithProgramMs : soonMs;
      if (waited > soon) step = Math.min(longestStepMs, step * growth);
      // In small steps, so that little more passes than what is waited for.
      for (let rest = step; rest > 0 && waited > atOnceMs && !waiting.over; rest -= stepMs)
        await this.clock.advance(stepMs);
    }
    return waiting.over ? await wanted : undefined;
  }
}

/** How long this process has waited for something outside it. */
function idleMs(): number {
  return performance.eventLoopUtilization().idle;
}

/** How many programs run for this process: what waits for one more of them waits for the machine, not for the clock. */
function childProcesses(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === "ProcessWrap").length;
}
