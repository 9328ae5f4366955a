import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Every executable of this name on a PATH, in its order.
 * @param {string} name
 * @param {string | undefined} path
 * @returns {string[]}
 */
export function findExecutables(name, path) {
  const folders = (path ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...new Set(folders.map((folder) => join(folder, name)))].filter(isExecutable);
}

/**
 * The first executable of this name on a PATH.
 * @param {string} name
 * @param {string | undefined} path
 * @returns {string | undefined}
 * @example findExecutable("go", process.env.PATH) // "/usr/local/go/bin/go"
 */
export function findExecutable(name, path) {
  return findExecutables(name, path)[0];
}

/**
 * @param {string} file
 * @returns {boolean}
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Absent or not ours to run: for a search both mean "go on".
    return false;
  }
}
