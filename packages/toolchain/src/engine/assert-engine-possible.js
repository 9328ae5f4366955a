import { usableGo } from "../go/usable-go.js";
import { downloadProblem } from "./download-engine.js";
import { ENGINE } from "./engine-recipe.js";
import { findEngine } from "./find-engine.js";

/**
 * Refuses where there is no engine and none can be made: nobody shall wait for packages and a build to be told that.
 * Makes nothing.
 * @param {import("../base/host.js").Host} host
 * @returns {Promise<void>}
 */
export async function assertEnginePossible(host) {
  if ((await findEngine(host)).found || (await downloadProblem(host)) === undefined) return;
  await usableGo(host, ENGINE.what);
}
