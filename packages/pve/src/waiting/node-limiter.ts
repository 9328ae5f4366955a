interface Waiter {
  readonly go: () => void;
}

/** At most so many holders per node at once; the others wait in order. */
export class NodeLimiter {
  readonly #limit: number;
  readonly #held = new Map<string, number>();
  readonly #waiting = new Map<string, Waiter[]>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for a place on `node`; the returned function gives it back, once, however often it is called. */
  async acquire(node: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    const held = this.#held.get(node) ?? 0;
    if (held < this.#limit) this.#held.set(node, held + 1);
    else await this.#wait(node, signal);
    let given = false;
    return () => {
      if (!given) this.#release(node);
      given = true;
    };
  }

  #wait(node: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const queue = this.#waiting.get(node) ?? [];
      const onAbort = () => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        go: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      queue.push(waiter);
      this.#waiting.set(node, queue);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** Hands the place to the next in line, so the count stays. */
  #release(node: string): void {
    const next = this.#waiting.get(node)?.shift();
    if (next) next.go();
    else this.#held.set(node, (this.#held.get(node) ?? 1) - 1);
  }
}
