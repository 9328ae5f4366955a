import { exitCode, stderrChunk, stdoutChunk } from "../messages/responses.js";
import { findNode } from "../program/find-node.js";
import { locateModule } from "../program/locate-module.js";
import { startProcessTree } from "../program/process-tree.js";
import { sdkEnvironment } from "../program/run-program.js";
import { readRuntimeOptions } from "../program/runtime-options.js";
import { streamOutput } from "../program/stream-output.js";
import { openPolicyFront } from "./policy-front.js";

/** @typedef {import("../messages/requests.js").RunPluginRequest} RunPluginRequest */
/** @typedef {import("../grpc/serve.js").Call} Call */

/**
 * Runs a plugin written for Node: a policy pack, or a provider from source. Its output
 * and exit code are streamed to the engine; it lives until the engine ends the call.
 *
 * @param {RunPluginRequest} request
 * @param {Call} call
 * @returns {Promise<Uint8Array>} the exit code, the last message of the stream
 */
export async function runPlugin(request, call) {
  if (request.attachDebugger) {
    throw new Error(
      "this language host cannot attach a debugger to a plugin. Run it without --attach-debugger",
    );
  }
  return request.kind === "analyzer" ? runPolicyPack(request, call) : runSourcePlugin(request, call);
}

/**
 * @param {RunPluginRequest} request
 * @param {Call} call
 */
async function runSourcePlugin(request, call) {
  const folder = request.info.programDirectory;
  const command = prepare(request, "@pulumi/pulumi/cmd/run-plugin", [folder, ...request.args]);
  const tree = start(command, request.pwd, call);
  await Promise.all([
    streamOutput(tree.stdout, stdoutChunk, call),
    streamOutput(tree.stderr, stderrChunk, call),
  ]);
  return exitCode(await tree.exited);
}

/**
 * A policy pack reads the stack's name and configuration from its environment when it
 * loads, but the engine tells them only later, in a call to the running pack. So a
 * front answers the engine first and the pack starts when that call has come.
 *
 * @param {RunPluginRequest} request
 * @param {Call} call
 */
async function runPolicyPack(request, call) {
  const folder = request.info.programDirectory;
  const { args, env } = prepare(request, "@pulumi/pulumi/cmd/run-policy-pack", [...request.args, folder]);
  const front = await openPolicyFront(call);
  try {
    const stack = await front.environment();
    const tree = start({ args, env: { ...env, ...stack } }, folder, call);
    await Promise.all([front.attach(tree.stdout), streamOutput(tree.stderr, stderrChunk, call)]);
    return exitCode(await tree.exited);
  } finally {
    front.close();
  }
}

/** @typedef {{ args: string[], env: NodeJS.ProcessEnv }} PluginCommand */

/**
 * @param {RunPluginRequest} request
 * @param {string} runner
 * @param {readonly string[]} args
 * @returns {PluginCommand}
 */
function prepare(request, runner, args) {
  const folder = request.info.programDirectory;
  const options = readRuntimeOptions(request.info.options);
  const module = locateModule(runner, folder, `npm install in ${folder}`);
  return {
    args: [...options.nodeArgs, module, ...args],
    env: { ...environmentOf(request.env), ...sdkEnvironment(options) },
  };
}

/**
 * @param {PluginCommand} command
 * @param {string} cwd
 * @param {Call} call
 */
function start({ args, env }, cwd, call) {
  const tree = startProcessTree(findNode(process.env), args, { cwd, env });
  const stop = () => void tree.stop();
  if (call.signal.aborted) stop();
  call.signal.addEventListener("abort", stop);
  return tree;
}

/** @param {readonly string[]} entries `NAME=value`, as the engine sends its own environment */
function environmentOf(entries) {
  if (entries.length === 0) return process.env;
  const pairs = entries.map((entry) => entry.split(/=(.*)/s));
  return Object.fromEntries(pairs.map(([name, value]) => [name, value ?? ""]));
}
