import { splitArguments } from "./split-arguments.js";

/**
 * @typedef {object} RuntimeOptions
 * @property {boolean} typescript whether the SDK loads TypeScript through ts-node
 * @property {string} tsconfig
 * @property {string[]} nodeArgs
 * @property {string} packageManager "auto", "npm", "yarn", "pnpm" or "bun"
 * @property {boolean} production
 */

const packageManagers = ["auto", "npm", "yarn", "pnpm", "bun"];

/**
 * Checks `runtime.options` of Pulumi.yaml, with the defaults of the official host.
 *
 * @example readRuntimeOptions({ typescript: false, nodeargs: "--max-old-space-size=4096" })
 * @param {import("../messages/struct.js").JsonObject} options
 * @returns {RuntimeOptions}
 */
export function readRuntimeOptions(options) {
  const packageManager = textOption(options, "packagemanager", "auto");
  if (!packageManagers.includes(packageManager)) {
    throw new Error(
      `packagemanager option must be one of auto, npm, yarn, pnpm or bun, got "${packageManager}"`,
    );
  }
  return {
    typescript: flagOption(options, "typescript", true),
    tsconfig: textOption(options, "tsconfig", ""),
    nodeArgs: splitArguments(textOption(options, "nodeargs", "")),
    packageManager,
    production: flagOption(options, "production", false),
  };
}

/**
 * @param {import("../messages/struct.js").JsonObject} options
 * @param {string} name
 * @param {string} otherwise
 */
function textOption(options, name, otherwise) {
  const value = options[name] ?? otherwise;
  if (typeof value !== "string") throw new Error(`${name} option must be a string`);
  return value;
}

/**
 * @param {import("../messages/struct.js").JsonObject} options
 * @param {string} name
 * @param {boolean} otherwise
 */
function flagOption(options, name, otherwise) {
  const value = options[name] ?? otherwise;
  if (typeof value !== "boolean") throw new Error(`${name} option must be a boolean`);
  return value;
}
