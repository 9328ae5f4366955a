import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "../base/host.js";
import { howMade, madeFolder } from "../made/made-folder.js";
import { findExecutables, isExecutable } from "../process/find-executable.js";
import { YAML_HOST } from "./yaml-host-recipe.js";

/**
 * @typedef {import("../base/host.js").Host} Host
 * @typedef {import("../engine/find-engine.js").Engine} Engine
 *
 * @typedef {object} YamlHost
 * @property {string} path The executable.
 * @property {boolean} cached Whether it is ours: then the engine does not find it by itself.
 * @property {string} [version] Unknown of the user's own: the program does not tell it.
 * @property {string} why Why this one was chosen.
 */

/**
 * The YAML host that would be used now, without making one: the engine's own, else the user's, else the cached one.
 * @param {Host} host
 * @param {Engine} [engine]
 * @returns {Promise<{ found: YamlHost | undefined, unsuitable: string }>} `unsuitable` says why neither of the
 *   user's serves.
 */
export async function findYamlHost(host, engine) {
  const own = onPath(host) ?? besideEngine(host, engine);
  if (own) return { found: own, unsuitable: "" };
  const unsuitable = `no ${YAML_HOST.binary} on PATH${engine ? ` or beside the engine` : ""}`;
  return { found: cachedYamlHost(host, unsuitable), unsuitable };
}

/**
 * First, because the engine searches PATH first too.
 * @param {Host} host
 * @returns {YamlHost | undefined}
 */
function onPath(host) {
  const path = findExecutables(YAML_HOST.binary, host.env["PATH"]).find((file) => !isOurs(host, file));
  return path === undefined ? undefined : { path, cached: false, why: "first on PATH" };
}

/**
 * @param {Host} host
 * @param {Engine | undefined} engine
 * @returns {YamlHost | undefined}
 */
function besideEngine(host, engine) {
  if (!engine) return undefined;
  const beside = [engine.pulumi, realpathSync(engine.pulumi)].map((file) =>
    join(dirname(file), YAML_HOST.binary),
  );
  const path = beside.find(isExecutable);
  return path === undefined ? undefined : { path, cached: false, why: "beside the engine" };
}

/**
 * @param {Host} host
 * @param {string} unsuitable
 * @returns {YamlHost | undefined}
 */
function cachedYamlHost(host, unsuitable) {
  const folder = madeFolder(host, YAML_HOST);
  const made = howMade(folder, YAML_HOST);
  if (!made) return undefined;
  const path = join(folder, "bin", YAML_HOST.binary);
  const origin = made.how === "build" ? "built here from its Go modules" : "from the official download";
  return { path, cached: true, version: made.version, why: `${unsuitable}; ${origin}` };
}

/**
 * @param {Host} host
 * @param {string} file
 */
function isOurs(host, file) {
  return realpathSync(file).startsWith(cacheFolder(host));
}
