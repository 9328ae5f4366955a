import { CoppiceError, type ErrorCode } from "@coppice/core";

/** Why something was not done: the code for programs, the sentence for people. */
export interface Failure {
  readonly code: ErrorCode;
  readonly reason: string;
}

/** A part that was wanted and is not there. */
export interface Unfinished extends Failure {
  readonly item: string;
  /** What it and its like are in a sentence, for example `["seat was not made", "seats were not made"]`. */
  readonly kind?: readonly [one: string, many: string];
}

/** What a caught error says of the part that it stopped. Never a stack. */
export function failureOf(caught: unknown): Failure {
  const { code, sentence } = CoppiceError.of(caught);
  return { code, reason: sentence };
}
