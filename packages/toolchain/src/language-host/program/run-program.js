import { findNode } from "./find-node.js";
import { locateModule } from "./locate-module.js";
import { outOfMemoryAdvice, watchForOutOfMemory } from "./out-of-memory.js";
import { startProcessTree } from "./process-tree.js";
import { programConfig } from "./program-config.js";
import { readRuntimeOptions } from "./runtime-options.js";

/** The SDK's exit code for "the user has already seen why" (@pulumi/pulumi/cmd/run). */
const alreadyReported = 32;

/** @typedef {import("../messages/requests.js").RunRequest} RunRequest */
/** @typedef {import("../messages/responses.js").RunOutcome} RunOutcome */

/**
 * Runs a Pulumi program to its end. Whatever keeps it from running is the outcome's
 * error, which the engine shows to the user.
 *
 * @param {RunRequest} request
 * @param {{ engineAddress: string, tracing: string, signal: AbortSignal }} context
 * @returns {Promise<RunOutcome>}
 */
export async function runProgram(request, context) {
  try {
    return await startProgram(request, context);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), bail: false };
  }
}

/**
 * @param {RunRequest} request
 * @param {{ engineAddress: string, tracing: string, signal: AbortSignal }} context
 * @returns {Promise<RunOutcome>}
 */
async function startProgram(request, context) {
  if (context.engineAddress === "")
    throw new Error("when debugging or running explicitly, must call Handshake before Run");
  if (request.attachDebugger) {
    throw new Error(
      "this language host cannot attach a debugger. Set `nodeargs: --inspect-brk` in Pulumi.yaml instead",
    );
  }
  const options = readRuntimeOptions(request.info.options);
  const runner = locateModule("@pulumi/pulumi/cmd/run", request.info.programDirectory, "pulumi install");
  const args = [...options.nodeArgs, runner, ...programArguments(request, context)];
  const tree = startProcessTree(findNode(process.env), args, { env: programEnvironment(request, options) });
  const ranOutOfMemory = watchForOutOfMemory(tree.stderr);
  tree.stdout.pipe(process.stdout, { end: false });
  tree.stderr.pipe(process.stderr, { end: false });
  context.signal.addEventListener("abort", () => void tree.stop());
  return outcomeOf(await tree.exited, ranOutOfMemory());
}

/**
 * @param {number} code
 * @param {boolean} outOfMemory
 * @returns {RunOutcome}
 */
function outcomeOf(code, outOfMemory) {
  if (code === 0) return { error: "", bail: false };
  if (code === alreadyReported) return { error: "", bail: true };
  const error = `Program exited with non-zero exit code: ${code}`;
  return { error: outOfMemory ? `${error}. ${outOfMemoryAdvice}` : error, bail: false };
}

/**
 * The command line of @pulumi/pulumi/cmd/run. Without `--sync`: no SDK since 3.0 makes
 * synchronous calls through files any more, it only still knows the flag.
 *
 * @param {RunRequest} request
 * @param {{ engineAddress: string, tracing: string }} context
 */
function programArguments(request, { engineAddress, tracing }) {
  const flags = {
    monitor: request.monitorAddress,
    engine: engineAddress,
    organization: request.organization,
    project: request.project,
    "root-directory": request.info.rootDirectory,
    stack: request.stack,
    pwd: request.info.programDirectory,
    parallel: String(request.parallel),
    tracing,
  };
  const given = Object.entries(flags).filter(([, value]) => value !== "");
  return [
    ...given.flatMap(([name, value]) => [`--${name}`, value]),
    ...(request.dryRun ? ["--dry-run"] : []),
    request.info.entryPoint,
    ...request.args,
  ];
}

/**
 * @param {RunRequest} request
 * @param {import("./runtime-options.js").RuntimeOptions} options
 * @returns {NodeJS.ProcessEnv}
 */
function programEnvironment(request, options) {
  return {
    ...process.env,
    ...sdkEnvironment(options),
    PULUMI_CONFIG: programConfig(request.config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.configSecretKeys),
  };
}

/**
 * What tells the SDK how to load TypeScript.
 *
 * @param {import("./runtime-options.js").RuntimeOptions} options
 * @returns {Record<string, string>}
 */
export function sdkEnvironment({ typescript, tsconfig }) {
  return {
    ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(tsconfig === "" ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}
