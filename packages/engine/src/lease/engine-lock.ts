import { type Clock, CoppiceError } from "@coppice/core";
import { isGone, processAge } from "../process/process-birth.ts";
import type { EngineRecord } from "./lease-record.ts";

/** A lock that an engine has on a stack, as far as the engine says whose it is (`pkg/backend/diy/lock.go`). */
export interface EngineLock {
  readonly host: string;
  readonly who: string;
  readonly pid: number;
  readonly since: string;
}

/** What is known beside a lock. */
export interface LockKnowledge {
  /** What this computer is called. */
  readonly host: string;
  /** Engines that leases say are gone, wherever they were. */
  readonly gone: readonly EngineRecord[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** How long an engine of this computer is given to end by itself: one that was orphaned does. */
export const orphanPatience = 10_000;

/** So much later than its lock, a process cannot have made it, whatever was done to the clock. */
const MARGIN = 60_000;

/** Whether the engine that made a lock is known to be gone. */
export function isDead({ host, pid, since }: EngineLock, known: LockKnowledge): boolean {
  if (pid === 0) return false;
  // What can be looked at is not taken from hearsay: a holder that slept has lapsed, and its engine may be there.
  if (host === known.host) return isGone(pid) || isAnother(pid, since, known.clock);
  return known.gone.some((engine) => engine.host === host && engine.pid === pid);
}

/** The number of a process that is gone is given to another program some day. */
function isAnother(pid: number, since: string, clock: Clock): boolean {
  const found = processAge(pid);
  if (found === undefined || found.program.startsWith("pulumi")) return false;
  return clock.now() - found.age > Date.parse(since) + MARGIN;
}

/** The refusal of a stack that others have locked. `removal` says how a lock is taken away whose engine no longer runs. */
export function lockedError(locks: readonly EngineLock[], removal: string): CoppiceError {
  const by = locks.map(({ who, host, pid, since }) => `${who} on ${host} (process ${pid}) since ${since}`);
  return new CoppiceError("stack.locked", {
    what: "The stack is locked by another engine",
    why: by.join(", and "),
    wayOut: `Wait until it is done. If you know that it no longer runs, ${removal}`,
  });
}
