import { spawn } from "node:child_process";
import { constants } from "node:os";
import { hasTerminal } from "./has-terminal.js";
import { onStarterGone } from "./starter-gone.js";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/**
 * The program is deaf to SIGHUP, which a terminal that closes sends to it too and which would end it at once. And it ends
 * when we are killed, where this system can say so (util-linux): nobody could cancel it any more. Not by a SIGINT then:
 * Linux sends one for each thread of ours that ends, and the second ends it hard all the same.
 */
const LAUNCHER = `trap '' HUP
setpriv --pdeathsig KILL true 2>/dev/null && exec setpriv --pdeathsig KILL "$@"
exec "$@"`;

/**
 * Runs a program that Ctrl-C cancels in good order, with our own stdin, stdout and stderr. Whatever else would end us
 * cancels it the same way: SIGTERM, SIGHUP, the end of the npm that started us. A second one is a second Ctrl-C.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} Its exit code, or 128 and the signal's number.
 */
export function runCancellable(command, args, env) {
  return new Promise((resolve, reject) => {
    const shared = hasTerminal();
    const child = start(command, args, { env, stdio: "inherit", detached: !shared });
    const stopWatching = cancelWith(child, shared, env);
    child.on("error", (error) => {
      stopWatching();
      reject(error);
    });
    child.on("close", (code, signal) => {
      stopWatching();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * Without a terminal it gets a process group of its own: a signal to our whole group (timeout(1), a pipeline's
 * runner) would reach it by itself and once more through us, and a second one ends it hard.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {ChildProcess}
 */
function start(command, args, options) {
  if (process.platform === "win32") return spawn(command, args, { ...options, detached: false });
  return spawn("/bin/sh", ["-c", LAUNCHER, "sh", command, ...args], options);
}

/**
 * @param {ChildProcess} child
 * @param {boolean} shared Whether a terminal's Ctrl-C reaches the child without us.
 * @param {NodeJS.ProcessEnv} env
 * @returns {() => void}
 */
function cancelWith(child, shared, env) {
  const cancel = () => void child.kill("SIGINT");
  const interrupt = () => {
    if (!shared) cancel();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", cancel).on("SIGHUP", cancel);
  const stopWatching = onStarterGone(env, cancel);
  return () => {
    stopWatching();
    process.off("SIGINT", interrupt).off("SIGTERM", cancel).off("SIGHUP", cancel);
  };
}
