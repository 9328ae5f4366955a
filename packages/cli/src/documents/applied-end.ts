import type { PreviewResult } from "@coppice/engine";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";

/** How a command tells that it applied something: `partial` where its preview had said that not everything would be. */
export interface AppliedEnd {
  readonly result: "applied" | "partial" | "failed";
  readonly code: number;
}

/** How an application ends, by what its preview came to and what it did. */
export function appliedEnd(previewed: PreviewResult, done: PreviewResult): AppliedEnd {
  if (done !== "would-apply") return { result: "failed", code: exitCodes.unknown };
  return { result: previewed === "would-apply" ? "applied" : "partial", code: exitCodeOf(previewed) };
}
