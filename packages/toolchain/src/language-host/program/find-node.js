import { findOnPath } from "./find-on-path.js";

/**
 * The Node that runs programs: the first on PATH, as with the official host, so that
 * a user's version manager decides; without one, the Node that runs this host.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function findNode(env) {
  const name = process.platform === "win32" ? "node.exe" : "node";
  return findOnPath(env, name) ?? process.execPath;
}
