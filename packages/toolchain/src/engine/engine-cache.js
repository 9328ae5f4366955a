import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../host.js";
import { isExecutable } from "../process/find-executable.js";
import { ENGINE_VERSION } from "../versions.js";
import { recipeHash } from "./engine-recipe.js";

/** @typedef {{ how: "download" | "build", version: string }} Made */

const MADE_FILE = "made.json";

/**
 * The official names of system and processor, as in `linux-x64`.
 * @param {import("../host.js").Host} host
 * @returns {string}
 */
export function engineTarget({ platform, arch }) {
  return `${platform === "win32" ? "windows" : platform}-${arch}`;
}

/**
 * Where this version of the engine is kept for this machine.
 * @param {import("../host.js").Host} host
 * @returns {string}
 */
export function engineFolder(host) {
  return join(cacheFolder(host), "engine", `${ENGINE_VERSION}-${engineTarget(host)}-${recipeHash()}`);
}

/**
 * @param {string} folder
 * @returns {boolean}
 */
export function isWholeEngine(folder) {
  return isExecutable(join(folder, "bin", "pulumi")) && howMade(folder) !== undefined;
}

/**
 * How a cached engine came to be.
 * @param {string} folder
 * @returns {Made | undefined}
 */
export function howMade(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, MADE_FILE), "utf8"));
  } catch {
    // Absent or torn: then the folder is not whole and is made again.
    return undefined;
  }
}

/**
 * The text and name of the file that says how an engine was made.
 * @param {Made} made
 * @returns {[name: string, text: string]}
 */
export function madeFile(made) {
  return [MADE_FILE, `${JSON.stringify(made)}\n`];
}
