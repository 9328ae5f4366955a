import { dirname } from "node:path";
import { ensureEngineHome } from "../engine/engine-home.js";
import { ENGINE } from "../engine/engine-recipe.js";
import { engineIn } from "../engine/find-engine.js";
import { madeFolder } from "../made/made-folder.js";

/**
 * The engine with a YAML host where it looks for one. Beside it the engine takes it silently, so that is its place
 * where the engine was built; on PATH it warns that it is not its own, which is true of an engine of the user.
 * @param {import("../base/host.js").Host} host
 * @param {import("../engine/find-engine.js").Engine} engine
 * @param {import("./find-yaml-host.js").YamlHost} yamlHost
 * @returns {Promise<import("../engine/find-engine.js").Engine>}
 */
export async function engineWithYamlHost(host, engine, { cached, path }) {
  if (!cached) return engine;
  if (engine.source !== "build") return { ...engine, binFolders: [...engine.binFolders, dirname(path)] };
  const home = await ensureEngineHome(madeFolder(host, ENGINE), host.report, [path]);
  return { ...engine, ...engineIn(home) };
}
