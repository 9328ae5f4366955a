import type { ChangeVerdict } from "../changes/change-verdict.ts";
import type { ReservedResult } from "../ledger/while-reserved.ts";

/**
 * What a run under reservations came to, with what is to be known of them besides. A lost reservation is why something was
 * left open; where everything is done it stopped nothing.
 */
export function withEnd(
  made: ChangeVerdict,
  { untold, lost }: Omit<ReservedResult<unknown>, "result">,
): ChangeVerdict {
  const isOpen = made.documents.some(({ change }) => change === "open");
  const stopped = lost !== undefined && isOpen ? [{ message: lost.message, code: lost.code }] : [];
  const warnings = untold === undefined ? [] : [`${UNTOLD}: ${untold}`];
  return {
    ...made,
    refusals: [...made.refusals, ...stopped],
    warnings: [...made.warnings, ...warnings],
  };
}

const UNTOLD =
  "The ledger was not told what there is now, which the next run of this stack or `coppice ledger rebuild` does";
