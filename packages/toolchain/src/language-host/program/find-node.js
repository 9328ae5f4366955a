import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The Node that runs programs: the first on PATH, as with the official host, so that
 * a user's version manager decides; without one, the Node that runs this host.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export function findNode(env) {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? process.execPath;
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Missing or not ours to run: the next folder on PATH may have it.
    return false;
  }
}
