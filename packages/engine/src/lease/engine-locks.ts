import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, CoppiceError, parseProperties } from "@coppice/core";
import { orUndefined } from "../files/or-undefined.ts";
import { isGone, processAge } from "../process/process-birth.ts";
import type { EngineRecord } from "./lease-record.ts";
import { leaseTimes } from "./lease-times.ts";

/** What is known beside a lock. */
export interface LockKnowledge {
  /** What this computer is called. */
  readonly host: string;
  /** Engines that leases say are gone, wherever they were. */
  readonly gone: readonly EngineRecord[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The engine's lock of a stack, as it writes it (`pkg/backend/diy/lock.go`). */
interface EngineLock {
  readonly file: string;
  readonly host: string;
  readonly who: string;
  readonly pid: number;
  readonly since: string;
}

/** How long an engine of this computer is given to end by itself: one that was orphaned does. */
const PATIENCE = 10_000;

/** So much later than its lock, a process cannot have made it, whatever was done to the clock. */
const MARGIN = 60_000;

/**
 * Removes the locks of engines that are known to be dead, which nobody else would: the engine leaves its lock when it is
 * killed, and refuses a stack that has one. Dead is an engine of this computer whose process is gone, and one of another
 * computer that a lease names whose holder lapsed. A lock says no more of a computer than its name, so computers that share
 * state need names of their own. Called by whoever has the lease.
 *
 * @param folder where the locks of the stack are
 * @throws CoppiceError `stack.locked` for every other lock, by who made it, where and when
 */
export async function clearEngineLocks(folder: string, known: LockKnowledge): Promise<void> {
  for (let waited = 0; ; waited += leaseTimes.look) {
    const locks = await readLocks(folder);
    const living = locks.filter((lock) => !isDead(lock, known));
    for (const { file } of locks.filter((lock) => isDead(lock, known))) await removeLock(file);
    if (living.length === 0) return;
    const isOrphan = living.every(({ host }) => host === known.host) && waited < PATIENCE;
    if (!isOrphan) throw locked(living);
    await known.clock.sleep(leaseTimes.look, known.signal);
  }
}

async function readLocks(folder: string): Promise<EngineLock[]> {
  const names = (await readdir(folder).catch(orUndefined)) ?? [];
  const files = names.filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
  const locks = await Promise.all(files.map(readLock));
  return locks.filter((lock) => lock !== undefined);
}

async function readLock(file: string): Promise<EngineLock | undefined> {
  const text = await readFile(file, "utf8").catch(orUndefined);
  // Its engine has ended just now.
  if (text === undefined) return undefined;
  const { pid, hostname, username, timestamp } = parseProperties(text) ?? {};
  return {
    file,
    pid: typeof pid === "number" ? pid : 0,
    host: typeof hostname === "string" ? hostname : "an unknown computer",
    who: typeof username === "string" ? username : "somebody",
    since: typeof timestamp === "string" ? timestamp : "an unknown time",
  };
}

function isDead({ host, pid, since }: EngineLock, known: LockKnowledge): boolean {
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

async function removeLock(file: string): Promise<void> {
  // Beside each file lies one with its attributes.
  for (const each of [file, `${file}.attrs`]) await rm(each, { force: true });
}

function locked(locks: readonly EngineLock[]): CoppiceError {
  const by = locks.map(({ who, host, pid, since }) => `${who} on ${host} (process ${pid}) since ${since}`);
  const files = locks.map(({ file }) => file).join(" and ");
  return new CoppiceError("stack.locked", {
    what: "The stack is locked by another engine",
    why: by.join(", and "),
    wayOut: `Wait until it is done. If you know that it no longer runs, remove ${files}`,
  });
}
