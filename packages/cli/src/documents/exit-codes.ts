import { CoppiceError } from "@coppice/core";
import { isRefusal, type PreviewResult } from "@coppice/engine";

/** Exit codes of commands that tell what would be or was done. */
export const exitCodes = {
  /** It would be applied, or was. */
  applied: 0,
  /** Nobody could tell, or it broke off. */
  unknown: 1,
  /** Refused, by a rule or by what there is. */
  refused: 2,
  /** Ended by whoever started it, as a shell reports a program that Ctrl-C ended. */
  cancelled: 130,
} as const;

/** The exit code of a preview. */
export function exitCodeOf(result: PreviewResult): number {
  return result === "would-apply" ? exitCodes.applied : exitCodes[result];
}

/** What a failure of a whole command comes to. */
export function failureResult(error: unknown): "refused" | "unknown" {
  return CoppiceError.is(error) && isRefusal(error) ? "refused" : "unknown";
}
