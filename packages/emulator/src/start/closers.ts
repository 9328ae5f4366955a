/** What has to be undone when something ends or does not come up, the last thing first. */
export class Closers {
  readonly #list: (() => unknown)[] = [];

  /** Adds something to undo. */
  add(close: () => unknown): void {
    this.#list.push(close);
  }

  /** Undoes everything once, also when a part fails; then throws that part's error. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of this.#list.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
