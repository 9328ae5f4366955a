import { mkdirSync, readFileSync, rmdirSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/** How often a waiting process looks again. */
const POLL_MS = 200;
/** A lock file without an owner in it is being written; after this it was left by a process that died there. */
const UNWRITTEN_MS = 5000;
/** An owner on another machine (a home on the network) cannot be asked; its work takes less than this. */
const FOREIGN_MS = 60 * 60 * 1000;

/** @typedef {{ pid: number, started: string, host: string }} Owner */

/**
 * Runs the work while holding a lock file. A lock whose process is gone (kill -9, power cut) is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {(pid: number | undefined, wait: () => Promise<void>) => Promise<void>} [onWait] Called once, when another
 *   process holds the lock; what it is given waits until that one has let go.
 * @returns {Promise<T>}
 */
export async function withFileLock(path, work, onWait) {
  await acquire(path, onWait);
  const release = () => remove(path);
  process.on("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/**
 * @param {string} path
 * @param {((pid: number | undefined, wait: () => Promise<void>) => Promise<void>) | undefined} onWait
 */
async function acquire(path, onWait = (_pid, wait) => wait()) {
  if (tryTake(path)) return;
  await onWait(ownerOf(path)?.pid, async () => {
    while (!tryTake(path)) await delay(POLL_MS);
  });
}

/** @param {string} path */
function tryTake(path) {
  return tryCreate(path) || (isStale(path) && breakStale(path) && tryCreate(path));
}

/** @param {string} path */
function tryCreate(path) {
  const owner = { pid: process.pid, started: startOf(process.pid), host: hostname() };
  try {
    writeFileSync(path, JSON.stringify(owner), { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Only one process at a time may judge and remove a stale lock; else the slower of two would remove the new lock
 * of the faster.
 * @param {string} path
 */
function breakStale(path) {
  const guard = `${path}.breaking`;
  try {
    mkdirSync(guard);
  } catch {
    if (ageOf(guard) > UNWRITTEN_MS) removeFolder(guard);
    return false;
  }
  if (isStale(path)) remove(path);
  removeFolder(guard);
  return true;
}

/** @param {string} path */
function isStale(path) {
  const owner = ownerOf(path);
  if (!owner) return ageOf(path) > UNWRITTEN_MS;
  if (owner.host !== hostname()) return ageOf(path) > FOREIGN_MS;
  return !isAlive(owner);
}

/** @param {Owner} owner */
function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, as another user.
    if (codeOf(error) !== "EPERM") return false;
  }
  return started === startOf(pid);
}

/**
 * When a process started, so that a number used again is not taken for its former owner. Empty off Linux.
 * @param {number} pid
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Field 22 of proc_pid_stat(5); the name in field 2 may hold spaces, so count after its bracket.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} path
 * @returns {Owner | undefined}
 */
function ownerOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Gone meanwhile, or not written yet: its age decides.
    return undefined;
  }
}

/** @param {string} path */
function ageOf(path) {
  const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return time === undefined ? 0 : Date.now() - time;
}

/** @param {string} path */
function remove(path) {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** @param {string} path */
function removeFolder(path) {
  try {
    rmdirSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
