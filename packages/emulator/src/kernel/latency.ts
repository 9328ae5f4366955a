import type { Clock } from "@coppice/core";

/** The places where a genuine server spends time that this one does not. */
export type LatencyPoint =
  | "request"
  | "worker"
  | "fork"
  | "config-write"
  | "clone-disk"
  | "perl-start"
  | "vm-start";

/** How long each point takes, in milliseconds. */
export type LatencyTable = Readonly<Partial<Record<LatencyPoint, number>>>;

/** Spends the time a genuine server would, on the cluster's clock. Without a table it spends nothing. */
export class Latency {
  readonly #clock: Clock;
  readonly #table: LatencyTable;

  constructor(clock: Clock, table: LatencyTable) {
    this.#clock = clock;
    this.#table = table;
  }

  /** True when times are imitated. */
  get measured(): boolean {
    return Object.keys(this.#table).length > 0;
  }

  /** Waits as long as this point takes. */
  async spend(point: LatencyPoint, signal?: AbortSignal): Promise<void> {
    const ms = this.#table[point];
    if (ms !== undefined && ms > 0) await this.#clock.sleep(ms, signal);
  }
}
