#!/usr/bin/env node
import { watchEngine } from "./engine-watch.js";
import { serve } from "./grpc/serve.js";
import { readHostArguments } from "./host-arguments.js";
import { hostVersion } from "./host-version.js";
import { languageRuntime } from "./language-runtime.js";
import { stopAllProcessTrees } from "./program/process-tree.js";

/**
 * A Pulumi language host for Node programs, started by the engine as
 * `pulumi-language-nodejs <engine address>`.
 *
 * @param {readonly string[]} args
 */
async function main(args) {
  const { version, engineAddress, tracing } = readHostArguments(args);
  if (version) {
    console.log(hostVersion);
    return;
  }
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.on(signal, () => void end());
  surviveBrokenPipes();
  /** @param {string} address */
  const watch = (address) => watchEngine(address, () => void end());
  if (engineAddress !== "") watch(engineAddress);
  const server = await serve(languageRuntime({ engineAddress, tracing, watchEngine: watch }));
  console.log(String(server.port));
}

/**
 * Leaves nothing behind: the programs go first.
 *
 * @param {number} [code]
 */
async function end(code = 0) {
  await stopAllProcessTrees();
  process.exit(code);
}

/** A killed engine breaks the pipes that a program still writes to; that must not end us before the program. */
function surviveBrokenPipes() {
  for (const output of [process.stdout, process.stderr]) output.on("error", () => void end());
  process.on("uncaughtException", (error) => {
    console.error(`The Node language host failed: ${error.stack ?? error.message}`);
    void end(1);
  });
}

main(process.argv.slice(2)).catch((error) => {
  console.error(`The Node language host could not start: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
