import { findOrMake } from "../made/find-or-make.js";
import { ENGINE } from "./engine-recipe.js";
import { findEngine } from "./find-engine.js";

/**
 * The engine to use, made when there is none: the user's own, else the official download, else a build of the same
 * version from its Go modules.
 * @param {import("../base/host.js").Host} host
 * @returns {Promise<import("./find-engine.js").Engine>}
 */
export async function ensureEngine(host) {
  return await findOrMake(host, ENGINE, { find: () => findEngine(host), download });
}

/** Loaded when it is needed. @type {import("../made/make-program.js").Download} */
async function download(host, draft, update) {
  const { downloadEngine } = await import("./download-engine.js");
  await downloadEngine(host, draft, update);
}
