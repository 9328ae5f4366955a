import type { DocumentVerdict } from "../changes/change-verdict.ts";

/**
 * What became of a document in two runs, one after another: where the first one ended for another document's sake when it
 * had made this one, the second finds nothing left to do.
 *
 * @param isThere whether the stack had it before the first run
 */
export function afterBoth(
  first: DocumentVerdict | undefined,
  second: DocumentVerdict,
  isThere: boolean,
): DocumentVerdict {
  const isDone = first?.change === "open" && Object.keys(first.resources).length > 0;
  if (!isDone || second.change !== "same") return second;
  return { ...first, change: isThere ? "update" : "create" };
}
