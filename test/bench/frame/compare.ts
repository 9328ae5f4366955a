import { loadavg } from "node:os";
import { cpuTime } from "./cpu-time.ts";
import type { Row, Spread, Target } from "./row.ts";
import { spreadOf } from "./spread-of.ts";

/** Does the work once and returns its measure in the comparison's unit. */
export type Measure = () => Promise<number> | number;

/** Two sides of one metric, or ours alone. */
export interface Comparison {
  readonly metric: string;
  readonly unit: string;
  /** How often each side is measured. @default 11 */
  readonly rounds?: number;
  readonly ours: Measure;
  readonly peer?: Measure;
  readonly target?: Target;
}

/** What a comparison reads from its surroundings; tests put fixed values in. */
export interface Surroundings {
  /** CPU milliseconds used so far. */
  cpu(): number;
  /** Load average of the last minute. */
  load(): number;
  /** Called after each round, to show progress. */
  progress(metric: string, round: number, rounds: number): void;
}

const machine: Surroundings = {
  cpu: cpuTime,
  load: () => loadavg()[0] ?? Number.NaN,
  progress(metric, round, rounds) {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${metric}: ${round}/${rounds}${round < rounds ? "" : "\n"}`);
    else if (round === 1) process.stderr.write(`${metric}: ${rounds} rounds\n`);
  },
};

/**
 * Measures both sides in turn (ours, peer, ours, peer …), so that whatever disturbs the machine
 * disturbs both. Each side runs once before that, unmeasured, to fill caches.
 *
 * @example
 * await compare({
 *   metric: "parse", unit: "ms", ours: () => timed(parseOurs), peer: () => timed(parseTheirs),
 *   target: { of: "ratio", limit: "at most", value: 1.2 },
 * });
 */
export async function compare(comparison: Comparison, surroundings: Surroundings = machine): Promise<Row> {
  const { metric, unit, rounds = 11, ours, peer, target } = comparison;
  const before = surroundings.load();
  const [left, right] = [new Side(ours, surroundings), peer && new Side(peer, surroundings)];
  await ours();
  await peer?.();
  for (let round = 1; round <= rounds; round += 1) {
    await left.measure();
    await right?.measure();
    surroundings.progress(metric, round, rounds);
  }
  const sides = { ours: left.values(), peer: right?.values() ?? null };
  const ratio = sides.peer ? sides.ours.median / sides.peer.median : null;
  return {
    metric,
    unit,
    ...sides,
    ratio,
    target: target ?? null,
    met: target ? meets(target, target.of === "ratio" ? ratio : sides.ours.median) : null,
    rounds,
    cpu: { ours: left.cpu(), peer: right?.cpu() ?? null },
    load: { before, after: surroundings.load() },
  };
}

class Side {
  readonly #work: Measure;
  readonly #surroundings: Surroundings;
  readonly #values: number[] = [];
  readonly #cpu: number[] = [];

  constructor(work: Measure, surroundings: Surroundings) {
    this.#work = work;
    this.#surroundings = surroundings;
  }

  async measure(): Promise<void> {
    const start = this.#surroundings.cpu();
    this.#values.push(await this.#work());
    this.#cpu.push(this.#surroundings.cpu() - start);
  }

  values(): Spread {
    return spreadOf(this.#values);
  }

  cpu(): Spread {
    return spreadOf(this.#cpu);
  }
}

/** A ratio without a peer is never met: a bench that lost its peer must not look fine. */
function meets({ limit, value }: Target, actual: number | null): boolean {
  if (actual === null || Number.isNaN(actual)) return false;
  if (limit === "within") return Math.abs(actual - 1) <= value;
  return limit === "at most" ? actual <= value : actual >= value;
}
