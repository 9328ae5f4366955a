/** Counts what tests ask about: requests by route, task starts, SSH connections, processes by name. */
export class Counters {
  readonly #counts = new Map<string, number>();

  /** Adds to a counter; names are `<kind>:<what>`, such as `request:GET /version` or `task:qmcreate`. */
  add(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  /** A counter's value, 0 when nothing was counted. */
  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** All counters whose name begins so. */
  all(prefix = ""): Record<string, number> {
    return Object.fromEntries([...this.#counts].filter(([name]) => name.startsWith(prefix)));
  }

  reset(): void {
    this.#counts.clear();
  }
}
