import { spawn } from "node:child_process";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGTERM");
});

/**
 * @typedef {{ code: number | null, stdout: string, stderr: string, timedOut: boolean }} ProgramResult
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onLine?: (line: string) => void }} ProgramOptions
 */

/**
 * Runs a program without a terminal and collects what it prints. It never rejects for an exit code: the caller
 * knows what that means. A program that cannot be started gives code 127, as in a shell.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProgramOptions} [options]
 * @returns {Promise<ProgramResult>}
 */
export function runProgram(command, args, options = {}) {
  const { cwd, env, timeoutMs, onLine } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const result = { code: /** @type {number | null} */ (null), stdout: "", stderr: "", timedOut: false };
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => stop(child, result), timeoutMs);
    running.add(child);
    child.stdout.setEncoding("utf8").on("data", (text) => void (result.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => {
      result.stderr += text;
      if (onLine) for (const line of text.trimEnd().split("\n")) onLine(line);
    });
    const finish = (/** @type {number | null} */ code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ...result, code });
    };
    child.on("error", (error) => {
      result.stderr += error.message;
      finish(127);
    });
    child.on("close", finish);
  });
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {ProgramResult} result
 */
function stop(child, result) {
  result.timedOut = true;
  child.kill("SIGKILL");
  // A grandchild may hold the pipes open; without this `close` would wait for it.
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/**
 * The last lines of a failed program, for an error message.
 * @param {ProgramResult} result
 * @param {number} [count]
 * @returns {string}
 */
export function lastLines(result, count = 8) {
  const lines = `${result.stdout}\n${result.stderr}`.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count).join("\n");
}
