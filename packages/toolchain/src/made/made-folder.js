import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../base/host.js";
import { recipeHash } from "../go/go-recipe.js";
import { isExecutable } from "../process/find-executable.js";

/**
 * @typedef {import("../go/go-recipe.js").GoRecipe} GoRecipe
 * @typedef {{ how: "download" | "build", version: string }} Made
 */

const MADE_FILE = "made.json";

/**
 * The official names of system and processor, as in `linux-x64`.
 * @param {import("../base/host.js").Host} host
 * @returns {string}
 */
export function systemTarget({ platform, arch }) {
  return `${platform === "win32" ? "windows" : platform}-${arch}`;
}

/**
 * Where the cache keeps a program's present version for this machine; its executables are in `bin`.
 * @param {import("../base/host.js").Host} host
 * @param {GoRecipe} recipe
 * @returns {string}
 */
export function madeFolder(host, recipe) {
  const name = `${recipe.version}-${systemTarget(host)}-${recipeHash(recipe)}`;
  return join(cacheFolder(host), recipe.kept, name);
}

/**
 * How a cached program came to be. Undefined unless its folder is whole.
 * @param {string} folder
 * @param {GoRecipe} recipe
 * @returns {Made | undefined}
 */
export function howMade(folder, { binary }) {
  if (!isExecutable(join(folder, "bin", binary))) return undefined;
  try {
    return JSON.parse(readFileSync(join(folder, MADE_FILE), "utf8"));
  } catch {
    // Absent or torn: then the folder is not whole and is made again.
    return undefined;
  }
}

/**
 * The text and name of the file that says how a program was made.
 * @param {Made} made
 * @returns {[name: string, text: string]}
 */
export function madeFile(made) {
  return [MADE_FILE, `${JSON.stringify(made)}\n`];
}
