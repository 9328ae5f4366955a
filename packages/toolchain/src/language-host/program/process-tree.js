import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** The engine kills this host five seconds after its first signal (plugin.go, v3.255.0), so be done before. */
const graceMilliseconds = 2_000;
/** A background process of the program may hold its output open; the official host waits this long for it too. */
const drainMilliseconds = 5_000;

/**
 * @typedef {object} ProcessTree
 * @property {import("node:stream").Readable} stdout
 * @property {import("node:stream").Readable} stderr
 * @property {Promise<number>} exited its exit code; -1 after a signal; rejects when it could not start
 * @property {() => Promise<void>} stop interrupts it and all its children, then kills what is left
 */

/** @type {Set<ProcessTree>} */
const running = new Set();

/**
 * Starts a process in a group of its own, so that everything it starts can be stopped with it.
 *
 * @example const tree = startProcessTree("node", ["index.js"], { cwd, env });
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv, shell?: boolean }} options
 * @returns {ProcessTree}
 */
export function startProcessTree(command, args, options) {
  const child = spawn(command, args, {
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  /** @type {ProcessTree} */
  const tree = {
    stdout: child.stdout,
    stderr: child.stderr,
    exited: exitCodeOf(child).finally(() => running.delete(tree)),
    stop: () => stopTree(child),
  };
  running.add(tree);
  return tree;
}

/** Stops everything that is still running. Called before this host ends. */
export async function stopAllProcessTrees() {
  await Promise.all([...running].map((tree) => tree.stop()));
}

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<number>} */
async function exitCodeOf(child) {
  const closed = once(child, "close").catch(() => undefined);
  const [code] = await once(child, "exit");
  // What the program left running is told that the program is over, as the engine would.
  signalTree(child, "SIGINT");
  await withDeadline(closed, drainMilliseconds);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return typeof code === "number" ? code : -1;
}

/** @param {import("node:child_process").ChildProcess} child */
async function stopTree(child) {
  const exited = hasEnded(child) ? Promise.resolve() : once(child, "exit").catch(() => undefined);
  signalTree(child, "SIGINT");
  await withDeadline(exited, graceMilliseconds);
  signalTree(child, "SIGKILL");
}

/** @param {import("node:child_process").ChildProcess} child */
function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null;
}

/**
 * @param {Promise<unknown>} promise
 * @param {number} milliseconds
 */
async function withDeadline(promise, milliseconds) {
  const timer = new AbortController();
  await Promise.race([
    promise,
    delay(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined),
  ]);
  timer.abort();
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {"SIGINT" | "SIGKILL"} signal
 */
function signalTree(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"]);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** macOS answers EPERM for a group of which only ended processes are left. @param {unknown} error */
function isGone(error) {
  return error instanceof Error && "code" in error && (error.code === "ESRCH" || error.code === "EPERM");
}
