import { writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf } from "../base/toolchain-error.js";
import { ENGINE_VERSION } from "../base/versions.js";
import { buildRecipe } from "../go/build-recipe.js";
import { usableGo } from "../go/usable-go.js";
import { madeFile } from "./made-folder.js";

/**
 * @typedef {import("../base/host.js").Host} Host
 * @typedef {import("../go/go-recipe.js").GoRecipe} GoRecipe
 * @typedef {(host: Host, draft: string, update: (detail: string) => void) => Promise<void>} Download Fetches the
 *   program into `<draft>/bin`; throws a plain Error with one line where that is not possible.
 */

/**
 * Makes a program in a draft of its folder: by its download, else by a build.
 * @param {Host} host
 * @param {GoRecipe} recipe
 * @param {{ draft: string, folder: string, unsuitable: string, download: Download }} task
 * @returns {Promise<void>}
 */
export async function makeProgram(host, recipe, { draft, folder, unsuitable, download }) {
  const { name, version, what } = recipe;
  const text = `${name}: ${unsuitable}; fetching Pulumi ${ENGINE_VERSION} from ${host.downloads}`;
  const refusal = await host.report.during(text, (update) => attempt(host, { draft, download, update }));
  if (refusal !== undefined) {
    host.report.line(`${name}: the download did not serve: ${refusal}`);
    await usableGo(host, what);
    const building = `${name}: building ${version} from its Go modules into ${folder}, once; this takes minutes, many on a busy machine`;
    await host.report.during(building, (update) => buildRecipe(host, recipe, draft, update));
  }
  /** @type {import("./made-folder.js").Made} */
  const made =
    refusal === undefined ? { how: "download", version: ENGINE_VERSION } : { how: "build", version };
  const [file, content] = madeFile(made);
  writeFileSync(join(draft, file), content);
}

/**
 * @param {Host} host
 * @param {{ draft: string, download: Download, update: (detail: string) => void }} task
 * @returns {Promise<string | undefined>} Why the download did not serve.
 */
async function attempt(host, { draft, download, update }) {
  try {
    await download(host, draft, update);
    return undefined;
  } catch (error) {
    for (const name of await readdir(draft)) await rm(join(draft, name), { recursive: true, force: true });
    return reasonOf(error);
  }
}
