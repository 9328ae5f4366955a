import { existsSync } from "node:fs";
import { join } from "node:path";
import { GrpcError, grpcStatus } from "../grpc/grpc-error.js";
import { stderrChunk, stdoutChunk } from "../messages/responses.js";
import { startProcessTree } from "../program/process-tree.js";
import { readRuntimeOptions } from "../program/runtime-options.js";
import { streamOutput } from "../program/stream-output.js";

const lockFiles = Object.freeze({ yarn: "yarn.lock", pnpm: "pnpm-lock.yaml", bun: "bun.lock" });

/**
 * Runs `npm install` for a program and passes on what it prints. npm itself finds the
 * root of a workspace.
 *
 * @param {import("../messages/requests.js").ProgramInfo} info
 * @param {import("../grpc/serve.js").Call} call
 */
export async function installDependencies(info, call) {
  const folder = info.programDirectory;
  const options = readRuntimeOptions(info.options);
  refuseOthers(wantedPackageManager(options.packageManager, folder));
  /** @param {string} text */
  const say = (text) => call.send(stdoutChunk(Buffer.from(text)));
  await say("Installing dependencies...\n\n");
  const args = ["install", "--loglevel=error", ...(options.production ? ["--omit=dev"] : [])];
  const shell = process.platform === "win32";
  const tree = startProcessTree("npm", args, { cwd: folder, env: process.env, shell });
  call.signal.addEventListener("abort", () => void tree.stop());
  await Promise.all([
    streamOutput(tree.stdout, stdoutChunk, call),
    streamOutput(tree.stderr, stderrChunk, call),
  ]);
  const code = await tree.exited;
  if (code !== 0)
    throw new GrpcError(grpcStatus.unknown, `npm install failed in ${folder} with exit code ${code}`);
  await say("Finished installing dependencies\n\n");
}

/** @param {string} option @param {string} folder */
function wantedPackageManager(option, folder) {
  if (option !== "auto") return option;
  const [found] = Object.entries(lockFiles).find(([, file]) => existsSync(join(folder, file))) ?? ["npm"];
  return found;
}

/** @param {string} packageManager */
function refuseOthers(packageManager) {
  if (packageManager === "npm") return;
  throw new GrpcError(
    grpcStatus.failedPrecondition,
    `this language host installs with npm only, and the project uses ${packageManager}. ` +
      `Run "${packageManager} install" in the project's folder instead`,
  );
}
