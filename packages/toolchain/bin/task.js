#!/usr/bin/env node
// What every root script starts. Runs on Node 20 with nothing installed or built, so it imports only files that do.
import { fileURLToPath } from "node:url";
import { thisHost } from "../src/base/host.js";
import { ToolchainError } from "../src/base/toolchain-error.js";
import { createReporter } from "../src/console/reporter.js";
import { exitAtSignals } from "../src/process/exit-at-signals.js";
import { runTask } from "../src/tasks/run-task.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const [name = "", ...args] = process.argv.slice(2);
const host = thisHost({ report: createReporter(process.stderr) });

exitAtSignals();
try {
  process.exitCode = await runTask(host, root, name, args);
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof ToolchainError ? `\n${error.message}` : error);
  // Whoever reads only the last line of a test run must find it there in every case.
  if (name === "test") process.stdout.write("\n0 passed, 1 failed\n");
}
