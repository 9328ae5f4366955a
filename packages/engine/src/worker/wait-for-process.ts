import type { Clock } from "@coppice/core";
import { isAlive } from "../process/is-alive.ts";

/** How often a process that is nobody's child is looked at, in milliseconds. */
const interval = 50;

/** Waits for the end of a process that is not a child of this one, and kills it when it takes too long. */
export async function waitForProcess(pid: number, patience: number, clock: Clock): Promise<void> {
  const deadline = clock.now() + patience;
  while (isAlive(pid)) {
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
