import { dirname, join } from "node:path";
import { ENGINE_VERSION } from "../versions.js";
import { engineFolder, howMade, isWholeEngine } from "./engine-cache.js";
import { ensureEngineHome } from "./engine-home.js";
import { engineOnPath } from "./engine-on-path.js";

/**
 * @typedef {object} Engine
 * @property {string} pulumi The executable.
 * @property {string} languageHost Its Node language host.
 * @property {string} version
 * @property {string} binFolder Goes first on PATH.
 * @property {"path" | "download" | "build"} source
 * @property {string} why Why this one was chosen.
 */

/**
 * The engine that would be used now, without making one (minutes): the user's own, else the cached one.
 * @param {import("../host.js").Host} host
 * @returns {Promise<{ engine?: Engine, unsuitable: string }>} `unsuitable` says why the user's own does not serve.
 */
export async function findEngine(host) {
  const { engine: own, unsuitable } = await engineOnPath(host);
  if (own) {
    const why = "a suitable engine on PATH comes first";
    return { engine: { ...own, binFolder: dirname(own.pulumi), source: "path", why }, unsuitable };
  }
  const engine = await cachedEngine(host, unsuitable);
  return engine ? { engine, unsuitable } : { unsuitable };
}

/**
 * Our language host beside it is copied anew, in milliseconds, when this checkout's is not the one in the cache.
 * @param {import("../host.js").Host} host
 * @param {string} unsuitable
 * @returns {Promise<Engine | undefined>}
 */
async function cachedEngine(host, unsuitable) {
  const folder = engineFolder(host);
  const made = howMade(folder);
  if (!made || !isWholeEngine(folder)) return undefined;
  const binFolder = join(await ensureEngineHome(folder, host.report), "bin");
  const origin = made.how === "build" ? "built here from its Go modules" : "the official download";
  return {
    pulumi: join(binFolder, "pulumi"),
    languageHost: join(binFolder, "pulumi-language-nodejs"),
    version: ENGINE_VERSION,
    binFolder,
    source: made.how,
    why: `${unsuitable}; ${origin}`,
  };
}
