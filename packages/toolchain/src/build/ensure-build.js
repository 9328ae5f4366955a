import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolchainError } from "../base/toolchain-error.js";
import { withFileLock } from "../lock/file-lock.js";
import { lastLines, runProgram } from "../process/run-program.js";
import { packageFolders, sourceFingerprint } from "./source-fingerprint.js";

/**
 * Builds the packages of a checkout when a source has changed since the last build.
 * @param {import("../base/host.js").Host} host
 * @param {string} root
 * @param {string} node The Node that runs the compiler.
 * @returns {Promise<void>}
 */
export async function ensureBuild(host, root, node) {
  if (isBuilt(root)) return;
  mkdirSync(join(root, ".coppice"), { recursive: true });
  await withFileLock(join(root, ".coppice", "build.lock"), async () => {
    if (isBuilt(root)) return;
    await host.report.during("build: tsc -b, because sources have changed since the last build", () =>
      compile(host, root, node),
    );
  });
}

/**
 * Whether the built files belong to the sources as they are.
 * @param {string} root
 * @returns {boolean}
 */
export function isBuilt(root) {
  const stamp = stampFile(root);
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== sourceFingerprint(root)) return false;
  return packageFolders(root).every((folder) => existsSync(join(folder, "dist", ".tsbuildinfo")));
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} root
 * @param {string} node
 */
async function compile(host, root, node) {
  // Taken before: what changes during the compilation is built again next time.
  const fingerprint = sourceFingerprint(root);
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const result = await runProgram(node, [compiler, "-b"], { cwd: root, env: host.env });
  if (result.code !== 0) {
    const why = lastLines(result, 40);
    throw new ToolchainError({
      what: "the TypeScript build failed",
      why,
      wayOut: "Correct the lines above.",
    });
  }
  writeFileSync(stampFile(root), fingerprint);
}

/** @param {string} root */
function stampFile(root) {
  return join(root, ".coppice", "build.stamp");
}
