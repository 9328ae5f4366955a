import { readFileSync } from "node:fs";

const EVERY_MS = 250;

/**
 * Calls back when the programs are gone by which npm has started us. npm puts a shell between itself and a command and
 * ends only that shell at SIGTERM, so that nothing reaches the command itself. Whoever is started without npm may
 * outlive what started it, as after `nohup`.
 * @param {NodeJS.ProcessEnv} env
 * @param {() => void} gone Called at most once.
 * @returns {() => void} Ends the watch.
 */
export function onStarterGone(env, gone) {
  if (env["npm_lifecycle_event"] === undefined) return () => {};
  const first = starters();
  const timer = setInterval(() => {
    if (starters() === first) return;
    clearInterval(timer);
    gone();
  }, EVERY_MS);
  return () => clearInterval(timer);
}

/** The shell, and npm above it where the system tells of it. */
function starters() {
  const shell = process.ppid;
  try {
    const status = readFileSync(`/proc/${shell}/status`, "utf8");
    return `${shell} ${/^PPid:\s*(\d+)$/m.exec(status)?.[1]}`;
  } catch {
    return `${shell}`;
  }
}
