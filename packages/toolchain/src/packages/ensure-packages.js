import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ToolchainError } from "../base/toolchain-error.js";
import { withFileLock } from "../lock/file-lock.js";
import { runProgram } from "../process/run-program.js";
import { packagesMatch } from "./packages-match.js";

const NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Installs the packages of a checkout when `node_modules` is not what the lockfile says.
 * @param {import("../base/host.js").Host} host
 * @param {string} root
 * @returns {Promise<void>}
 */
export async function ensurePackages(host, root) {
  if (packagesMatch(root)) return;
  mkdirSync(join(root, ".coppice"), { recursive: true });
  await withFileLock(join(root, ".coppice", "packages.lock"), async () => {
    if (packagesMatch(root)) return;
    await host.report.during(
      "packages: npm ci, because node_modules is not what package-lock.json names",
      () => install(host, root),
    );
  });
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} root
 */
async function install(host, root) {
  const result = await runProgram("npm", NPM_CI, {
    cwd: root,
    env: { ...host.env, PATH: pathOutside(host, root) },
  });
  if (result.code === 0) return;
  throw new ToolchainError({
    what: `npm ci failed with exit code ${result.code}`,
    why: firstErrors(result.stderr),
    wayOut:
      "npm needs the registry (or a filled npm cache): check the connection and run the same command again.",
  });
}

/**
 * npm says what is wrong first; help texts and the place of its log follow.
 * @param {string} stderr
 */
function firstErrors(stderr) {
  const lines = stderr.split("\n").map((line) => line.replace(/^npm error ?/, "").trim());
  return lines.filter(Boolean).slice(0, 5).join("\n");
}

/**
 * npm removes node_modules first; it must not run on the Node in there.
 * @param {import("../base/host.js").Host} host
 * @param {string} root
 */
function pathOutside({ env }, root) {
  const folders = (env["PATH"] ?? "").split(delimiter);
  return folders.filter((folder) => !folder.startsWith(join(root, "node_modules"))).join(delimiter);
}
