import type { Clock } from "./clock.ts";
import { CoppiceError } from "./errors/coppice-error.ts";

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * A clock that stands still until a test moves it.
 *
 * @example
 * const clock = new VirtualClock();
 * const done = clock.sleep(60_000);
 * await clock.advance(60_000); // done is now resolved
 */
export class VirtualClock implements Clock {
  #now: number;
  #sleepers: Sleeper[] = [];

  /** Starts at `startAt` milliseconds since the epoch; a fixed moment if left out. */
  constructor(startAt = Date.UTC(2030, 0, 1)) {
    this.#now = startAt;
  }

  /** How many sleeps are waiting for this clock to move. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const sleeper: Sleeper = { due: this.#now + Math.max(0, ms), wake: () => finish(resolve) };
      const onAbort = () => finish(() => reject(signal?.reason));
      const finish = (settle: () => void) => {
        signal?.removeEventListener("abort", onAbort);
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        settle();
      };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /**
   * Moves time forward by `ms`, waking sleepers one by one in the order they are due (the earlier
   * call first when equal). What a woken sleeper does runs before the next one wakes, so a loop that
   * sleeps again inside the span is woken again inside the span.
   */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw cannotGoBack(ms);
    const target = this.#now + ms;
    await settled();
    for (let next = this.#nextDue(target); next; next = this.#nextDue(target)) {
      this.#now = Math.max(this.#now, next.due);
      next.wake();
      await settled();
    }
    this.#now = Math.max(this.#now, target);
  }

  #nextDue(target: number): Sleeper | undefined {
    const due = this.#sleepers.filter((sleeper) => sleeper.due <= target);
    return due.reduce<Sleeper | undefined>(
      (first, other) => (first && first.due <= other.due ? first : other),
      undefined,
    );
  }
}

/** Lets every promise that can go on without I/O go on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function cannotGoBack(ms: number): CoppiceError {
  return new CoppiceError("clock.invalid", {
    what: `The virtual clock cannot be advanced by ${ms} ms`,
    why: "time only moves forward",
  });
}
