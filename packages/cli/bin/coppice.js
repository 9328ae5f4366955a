#!/usr/bin/env node
// The committed door to the built command: npm links a `bin` only if its file is there before the build.
// It runs on any Node 20 and hands over to a newer one where there is one.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  createReporter,
  findNode,
  prepareCheckout,
  runAttached,
  ToolchainError,
  thisHost,
} from "@coppice/toolchain";

const self = fileURLToPath(import.meta.url);
const built = new URL("../dist/index.js", import.meta.url);
const checkout = fileURLToPath(new URL("../../..", import.meta.url));
const host = thisHost({ report: createReporter(process.stderr) });

try {
  if (!existsSync(built)) await buildOrRefuse();
  const node = await findNode(host, checkout);
  process.exitCode =
    node.path === process.execPath
      ? await runHere()
      : await runAttached(node.path, [self, ...process.argv.slice(2)]);
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof ToolchainError ? error.message : error);
}

async function buildOrRefuse() {
  if (existsSync(new URL("../src", import.meta.url))) {
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

async function runHere() {
  const { runCli } = await import(built.href);
  return await runCli(process.argv.slice(2));
}
