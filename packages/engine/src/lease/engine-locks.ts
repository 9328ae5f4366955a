import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseProperties } from "@coppice/core";
import { orUndefined } from "../files/or-undefined.ts";
import { type EngineLock, isDead, type LockKnowledge, lockedError, orphanPatience } from "./engine-lock.ts";
import { leaseTimes } from "./lease-times.ts";

/** A lock that lies in a file. */
interface LockFile extends EngineLock {
  readonly file: string;
}

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
    const isOrphan = living.every(({ host }) => host === known.host) && waited < orphanPatience;
    if (!isOrphan) throw lockedError(living, `remove ${living.map(({ file }) => file).join(" and ")}`);
    await known.clock.sleep(leaseTimes.look, known.signal);
  }
}

async function readLocks(folder: string): Promise<LockFile[]> {
  const names = (await readdir(folder).catch(orUndefined)) ?? [];
  const files = names.filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
  const locks = await Promise.all(files.map(readLock));
  return locks.filter((lock) => lock !== undefined);
}

async function readLock(file: string): Promise<LockFile | undefined> {
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

async function removeLock(file: string): Promise<void> {
  // Beside each file lies one with its attributes.
  for (const each of [file, `${file}.attrs`]) await rm(each, { force: true });
}
