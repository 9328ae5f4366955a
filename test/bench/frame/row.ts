/** The middle of several measures, and how far they lay apart. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/**
 * What a comparison is meant to reach, for example `{ of: "ratio", limit: "at most", value: 1.15 }`.
 * `{ of: "ratio", limit: "within", value: 0.25 }` is a ratio between 0.75 and 1.25.
 */
export interface Target {
  /** `ratio` is ours divided by the peer's; `ours` is our own median, in the row's unit. */
  readonly of: "ratio" | "ours";
  readonly limit: "at most" | "at least" | "within";
  readonly value: number;
}

/** One line of a bench: the same shape for every bench, printed and written as JSON. */
export interface Row {
  /** What was measured. */
  readonly metric: string;
  /** Unit of `ours` and `peer`. */
  readonly unit: string;
  readonly ours: Spread;
  /** What ours is compared with; absent where there is nothing to compare with. */
  readonly peer: Spread | null;
  /** Median of ours divided by median of the peer. */
  readonly ratio: number | null;
  readonly target: Target | null;
  /** Whether the target is met; null without a target. */
  readonly met: boolean | null;
  /** How often each side was measured. */
  readonly rounds: number;
  /** CPU milliseconds per round, ours and peer, of this process and the children it waited for. */
  readonly cpu: { readonly ours: Spread; readonly peer: Spread | null };
  /** One-minute load average before and after; a value near the number of cores spoils the figures. */
  readonly load: { readonly before: number; readonly after: number };
}
