#!/usr/bin/env node
// The committed door to the built command: npm links a `bin` only if its file is there before the build.
// It runs on any Node 20 and hands over to a newer one where there is one.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createReporter, exitAtSignals, ToolchainError, thisHost } from "@coppice/toolchain/run";

const self = fileURLToPath(import.meta.url);
const built = new URL("../dist/index.js", import.meta.url);
const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const args = process.argv.slice(2);
const host = thisHost({ report: createReporter(process.stderr) });

exitAtSignals();
try {
  if (!existsSync(built)) await buildOrRefuse();
  process.exitCode = args[0] === "pulumi" ? await runEngine() : await runCommand();
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${await told(error)}\n`);
}

// The sentences for what is no ToolchainError are built with the rest, and loaded only when they are needed.
async function told(error) {
  if (error instanceof ToolchainError) return `coppice: ${error.message}`;
  const sentences = new URL("output/failure-text.js", built);
  if (!existsSync(sentences)) return `coppice: ${error.stack ?? error}`;
  const { failureText } = await import(sentences.href);
  return failureText(error);
}

// Typed most, and another program does the work: it waits for no other Node and for none of the other commands.
async function runEngine() {
  const { runPulumi } = await import(new URL("commands/pulumi/run-pulumi.js", built).href);
  return await runPulumi(args.slice(1));
}

async function runCommand() {
  const { findNode, runAttached } = await import("@coppice/toolchain");
  const node = await findNode(host, checkout);
  if (node.path !== process.execPath) return await runAttached(node.path, [self, ...args]);
  const { runCli } = await import(built.href);
  return await runCli(args);
}

async function buildOrRefuse() {
  if (existsSync(new URL("../src", import.meta.url))) {
    const { prepareCheckout } = await import("@coppice/toolchain");
    host.report.line("coppice: this checkout is not built yet");
    await prepareCheckout(host, checkout);
    return;
  }
  throw new ToolchainError({
    what: "the package @coppice/cli is damaged",
    why: `${fileURLToPath(built)} is missing`,
    wayOut: "Type `npm ci` in the project that it belongs to",
  });
}
