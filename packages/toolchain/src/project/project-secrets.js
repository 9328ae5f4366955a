import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { projectFile } from "./project-file.js";

/** Beside a project's file: the passphrase of its secrets, as `coppice new` makes it. */
const PASSPHRASE_FILE = "passphrase";

/**
 * The variables by which the engine finds a project's own state and passphrase from any folder inside it. It reads
 * `backend: url: file://.` from the folder that it is started in, and knows no file for passphrases but the one that a
 * variable names. What the user has set counts before.
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>}
 */
export function projectSecrets(cwd, env) {
  const project = projectFile(resolve(cwd));
  if (!project) return {};
  return { ...stateOf(project, env), ...passphraseOf(project.folder, env) };
}

/**
 * @param {{ folder: string, text: string }} project
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>}
 */
function stateOf({ folder, text }, env) {
  if (env["PULUMI_BACKEND_URL"]) return {};
  const url = /^\s*(["']?)url\1\s*:\s*(["']?)file:\/\/(\.[^\s"']*)\2\s*,?\s*$/m.exec(text)?.[3];
  return url === undefined ? {} : { PULUMI_BACKEND_URL: `file://${resolve(folder, url)}` };
}

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>}
 */
function passphraseOf(folder, env) {
  // An empty passphrase is one: the engine asks whether the variable is there.
  const isGiven = ["PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE"].some((name) => name in env);
  const file = join(folder, PASSPHRASE_FILE);
  return isGiven || !existsSync(file) ? {} : { PULUMI_CONFIG_PASSPHRASE_FILE: file };
}
