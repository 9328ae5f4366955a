import type { Clock } from "@coppice/core";
import { interruptionSignal, meetInterruption } from "./interruption.ts";
import { Semaphore } from "./semaphore.ts";

/** The places where a genuine server spends time that this one does not. `task:<type>` is a worker's own work. */
export type LatencyPoint =
  | "request"
  | "worker"
  | "fork"
  | "config-write"
  | "clone-disk"
  | "free-disk"
  | "scan-storage"
  | "perl-start"
  | "vm-start"
  | `task:${string}`;

/** How long each point takes, in milliseconds. */
export type LatencyTable = Readonly<Partial<Record<LatencyPoint, number>>>;

/** The measured nodes had two processors: what computes takes turns on them, so that 25 at once take longer. */
const processors = 2;

/** Turns are short, so that a quick request gets through beside long ones. */
const turnMs = 10;

/** With more work than processors each turn costs a change of processes more: 25 creates at once take 1.2 times their sum. */
const crowding = 1.2;

/**
 * Waiting, not computing: the guest's own start, and what a lock lets only one do at a time. 25 linked clones at once take
 * as long as 25 of these one after the other, so the rest of them is done meanwhile.
 */
const idle: readonly LatencyPoint[] = ["vm-start", "clone-disk", "free-disk"];

/** Spends the time a genuine server would, on the cluster's clock. Without a table it spends nothing. */
export class Latency {
  readonly #clock: Clock;
  readonly #table: LatencyTable;
  readonly #nodes = new Map<string, Semaphore>();

  constructor(clock: Clock, table: LatencyTable) {
    this.#clock = clock;
    this.#table = table;
  }

  /** True when times are imitated. */
  get measured(): boolean {
    return Object.keys(this.#table).length > 0;
  }

  /** Does work that this point's time includes, and spends what is left of it. */
  async fill<T>(point: LatencyPoint, node: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const start = this.#clock.now();
    const result = await work();
    await this.#wait(point, (this.#table[point] ?? 0) - (this.#clock.now() - start), node, signal);
    return result;
  }

  /** Waits as long as this point takes on a node, longer when its processors are busy. */
  async spend(point: LatencyPoint, node: string, signal?: AbortSignal): Promise<void> {
    await this.#wait(point, this.#table[point] ?? 0, node, signal);
  }

  async #wait(point: LatencyPoint, ms: number, node: string, signal?: AbortSignal): Promise<void> {
    if (ms <= 0) return;
    const signals = [signal, interruptionSignal()].filter((each) => each !== undefined);
    const cut = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    try {
      if (idle.includes(point)) await this.#clock.sleep(ms, cut);
      else await this.#compute(ms, node, cut);
    } catch (error) {
      meetInterruption();
      throw error;
    }
  }

  async #compute(ms: number, node: string, signal: AbortSignal | undefined): Promise<void> {
    const turns = this.#nodes.get(node) ?? new Semaphore(processors);
    this.#nodes.set(node, turns);
    let left = ms;
    while (left > 0) {
      // Timers wake late; what was slept too long counts for the next turn.
      left -= await turns.run(async () => {
        const start = this.#clock.now();
        const share = turns.waiting > 0 ? crowding : 1;
        await this.#clock.sleep(Math.min(left * share, turnMs), signal);
        return Math.max(this.#clock.now() - start, 1) / share;
      });
    }
  }
}
