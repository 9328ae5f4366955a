import type { Clock } from "@coppice/core";
import { isGone } from "../process/process-birth.ts";

/** How often a process that is nobody's child is looked at, in milliseconds. */
const interval = 50;

/** A process that may be gone, and its number another one's. */
export interface ProcessWait {
  readonly pid: number;
  /** See `processBirth`. */
  readonly birth: string;
  /** How long it may take, in milliseconds. */
  readonly patience: number;
}

/**
 * Waits for the end of a process that is not a child of this one, and kills it when it takes too long. One that has ended
 * and nobody has asked how counts as gone: a container may have nobody who asks.
 */
export async function waitForProcess({ pid, birth, patience }: ProcessWait, clock: Clock): Promise<void> {
  const deadline = clock.now() + patience;
  while (!isGone(pid, birth)) {
    if (clock.now() >= deadline) kill(pid);
    await clock.sleep(interval);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended just now.
  }
}
