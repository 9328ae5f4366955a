import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { findOrMake } from "../made/find-or-make.js";
import { findYamlHost } from "./find-yaml-host.js";
import { YAML_HOST } from "./yaml-host-recipe.js";

/**
 * The YAML host to use, made when there is none: the user's own, else the one of the official download, else a
 * build from its Go modules.
 * @param {import("../base/host.js").Host} host
 * @param {import("../engine/find-engine.js").Engine} engine
 * @returns {Promise<import("./find-yaml-host.js").YamlHost>}
 */
export async function ensureYamlHost(host, engine) {
  return await findOrMake(host, YAML_HOST, { find: () => findYamlHost(host, engine), download });
}

/**
 * It is published only within the engine's archive.
 * @type {import("../made/make-program.js").Download}
 */
async function download(host, draft, update) {
  const { downloadEngine } = await import("../engine/download-engine.js");
  const official = join(draft, "official");
  await mkdir(official);
  await downloadEngine(host, official, update);
  await mkdir(join(draft, "bin"));
  await rename(join(official, "bin", YAML_HOST.binary), join(draft, "bin", YAML_HOST.binary));
  await rm(official, { recursive: true });
}
