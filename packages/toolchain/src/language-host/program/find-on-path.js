import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The first executable of a name on PATH.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @returns {string | undefined}
 */
export function findOnPath(env, name) {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
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
