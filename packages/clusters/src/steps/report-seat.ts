import type { Progress } from "@coppice/core";
import type { StepContext } from "./step.ts";

/** How many of some seats are behind us, done or failed. Counted up as they are reported. */
export interface Tally {
  done: number;
  readonly all: number;
}

/** One seat among others to which the same is done. */
export interface SeatReport extends Pick<Progress, "verb" | "phase"> {
  readonly seat: string;
  readonly node?: string | undefined;
  readonly tally: Tally;
}

/** Reports where a seat is with what is done to it, and counts it as soon as it is behind us. */
export function reportSeat(
  context: Pick<StepContext, "report">,
  { verb, phase, seat, node, tally }: SeatReport,
): void {
  if (phase !== "begun") tally.done += 1;
  const share = { done: tally.done, all: tally.all };
  context.report({
    verb,
    phase,
    item: { kind: "seat", name: seat },
    ...(node !== undefined && { node }),
    share,
  });
}
