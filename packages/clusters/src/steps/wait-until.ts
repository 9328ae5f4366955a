import type { Clock } from "@coppice/core";

const firstGap = 25;
const longestGap = 500;

/** How long something is waited for. */
export interface Waiting {
  readonly clock: Clock;
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Goes on without it after so many milliseconds. */
  readonly longestMs?: number;
}

/** Waits until something is over that shows only by looking, with growing gaps between the looks. */
export async function waitUntil(
  isOver: () => Promise<boolean>,
  { clock, signal, longestMs = Number.POSITIVE_INFINITY }: Waiting,
): Promise<void> {
  const latest = clock.now() + longestMs;
  for (let gap = firstGap; !(await isOver()) && clock.now() < latest; gap = Math.min(2 * gap, longestGap))
    await clock.sleep(gap, signal);
}
