import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** Waits until a process is gone. Polls, because nobody tells of the end of a process that is not a child. */
export async function processEnded(pid: number, deadlineMs = 30_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (existsSync(`/proc/${pid}`)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is still there`);
    await setTimeout(20);
  }
}
