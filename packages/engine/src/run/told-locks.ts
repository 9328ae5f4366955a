import { hostname } from "node:os";
import { systemClock } from "@coppice/core";
import { type EngineLock, isDead, lockedError, orphanPatience } from "../lease/engine-lock.ts";
import { leaseTimes } from "../lease/lease-times.ts";
import type { StackName } from "../lease/stack-place.ts";

/** The engine's words for a stack that another one has locked (`pkg/backend/diy/lock.go`). */
const locked = /^the stack is currently locked by \d+ lock/;

/** The locks that the engine tells of where it refuses a stack for them; none in any other sentence. */
export function toldLocks(error: string): EngineLock[] {
  if (!locked.test(error)) return [];
  const lines = [...error.matchAll(/created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g)];
  return lines.map(([, who = "", host = "", pid = "0", since = ""]) => ({
    who,
    host,
    pid: Number(pid),
    since,
  }));
}

/**
 * Waits until the engines that have locked a stack are known to be gone. Called where state lies in no folder, so that the
 * locks are seen in the engine's words alone, by whoever has the lease among the processes of this computer: engines of
 * others are never taken for dead.
 *
 * @throws CoppiceError `stack.locked` where one of them may be at work
 */
export async function untilDead(
  locks: readonly EngineLock[],
  { project, stack }: StackName,
  signal: AbortSignal,
): Promise<void> {
  const known = { host: hostname(), gone: [], clock: systemClock, signal };
  for (let waited = 0; ; waited += leaseTimes.look) {
    const living = locks.filter((lock) => !isDead(lock, known));
    if (living.length === 0) return;
    const isOrphan = living.every(({ host }) => host === known.host) && waited < orphanPatience;
    const removal = `type \`coppice pulumi cancel --yes organization/${project}/${stack}\``;
    if (!isOrphan) throw lockedError(living, removal);
    await systemClock.sleep(leaseTimes.look, signal);
  }
}
