import { dirname, join } from "node:path";
import { ENGINE_VERSION } from "../base/versions.js";
import { howMade, madeFolder } from "../made/made-folder.js";
import { ensureEngineHome } from "./engine-home.js";
import { engineOnPath } from "./engine-on-path.js";
import { ENGINE } from "./engine-recipe.js";

/**
 * @typedef {object} Engine
 * @property {string} pulumi The executable.
 * @property {string} languageHost Its Node language host.
 * @property {string} version
 * @property {string[]} binFolders Go first on PATH.
 * @property {"path" | "download" | "build"} source
 * @property {string} why Why this one was chosen.
 */

/**
 * The engine that would be used now, without making one (minutes): the user's own, else the cached one.
 * @param {import("../base/host.js").Host} host
 * @returns {Promise<{ found: Engine | undefined, unsuitable: string }>} `unsuitable` says why the user's own does
 *   not serve.
 */
export async function findEngine(host) {
  const { engine: own, unsuitable } = await engineOnPath(host);
  if (!own) return { found: await cachedEngine(host, unsuitable), unsuitable };
  const why = "a suitable engine on PATH comes first";
  return { found: { ...own, binFolders: [dirname(own.pulumi)], source: "path", why }, unsuitable };
}

/**
 * Our language host beside it is copied anew, in milliseconds, when this checkout's is not the one in the cache.
 * @param {import("../base/host.js").Host} host
 * @param {string} unsuitable
 * @returns {Promise<Engine | undefined>}
 */
async function cachedEngine(host, unsuitable) {
  const folder = madeFolder(host, ENGINE);
  const made = howMade(folder, ENGINE);
  if (!made) return undefined;
  const home = made.how === "build" ? await ensureEngineHome(folder, host.report) : folder;
  const origin = made.how === "build" ? "built here from its Go modules" : "the official download";
  return {
    ...engineIn(home),
    version: ENGINE_VERSION,
    source: made.how,
    why: `${unsuitable}; ${origin}`,
  };
}

/**
 * The executables of an engine of the cache.
 * @param {string} home
 * @returns {Pick<Engine, "pulumi" | "languageHost" | "binFolders">}
 */
export function engineIn(home) {
  const bin = join(home, "bin");
  return {
    pulumi: join(bin, "pulumi"),
    languageHost: join(bin, "pulumi-language-nodejs"),
    binFolders: [bin],
  };
}
