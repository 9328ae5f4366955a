/** A part that was wanted and is not there. */
export interface Unfinished {
  readonly item: string;
  /** What it and its like are in a sentence, for example `["seat was not made", "seats were not made"]`. */
  readonly kind?: readonly [one: string, many: string];
  readonly reason: string;
}
