#!/usr/bin/env node
// What every root script starts. Runs on Node 20 with nothing installed or built, so it imports only files that do.
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { thisHost } from "../src/base/host.js";
import { ToolchainError } from "../src/base/toolchain-error.js";
import { createReporter } from "../src/console/reporter.js";
import { runTask } from "../src/tasks/run-task.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const [name = "", ...args] = process.argv.slice(2);
const host = thisHost({ report: createReporter(process.stderr) });

// Without a handler a signal would end us without `exit` handlers, and leave children and locks behind.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
  });
}

try {
  process.exitCode = await runTask(host, root, name, args);
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof ToolchainError ? `\n${error.message}` : error);
  // Whoever reads only the last line of a test run must find it there in every case.
  if (name === "test") process.stdout.write("\n0 passed, 1 failed\n");
}
