import { writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { reasonOf, ToolchainError } from "../base/toolchain-error.js";
import { ENGINE_VERSION } from "../base/versions.js";
import { buildRecipe } from "../go/build-recipe.js";
import { usableGo } from "../go/usable-go.js";
import { makeFolderOnce } from "../lock/make-folder-once.js";
import { howMade, madeFile, madeFolder } from "./made-folder.js";

/**
 * @typedef {import("../base/host.js").Host} Host
 * @typedef {import("../go/go-recipe.js").GoRecipe} GoRecipe
 * @typedef {(host: Host, draft: string, update: (detail: string) => void) => Promise<void>} Download Fetches the
 *   program into `<draft>/bin`; throws a plain Error with one line where that is not possible.
 */

/**
 * A program of the toolchain, made in the cache when there is none: by its official download, else by a build of
 * the recipe's version from its Go modules.
 * @template Found
 * @param {Host} host
 * @param {GoRecipe} recipe
 * @param {object} ways
 * @param {() => Promise<{ found: Found | undefined, unsuitable: string }>} ways.find Looks for the user's own, then
 *   in the cache; `unsuitable` says why the user's own does not serve.
 * @param {Download} ways.download
 * @returns {Promise<Found>}
 */
export async function findOrMake(host, recipe, { find, download }) {
  const { found, unsuitable } = await find();
  if (found !== undefined) return found;
  const folder = madeFolder(host, recipe);
  try {
    await makeFolderOnce({
      folder,
      isWhole: (made) => howMade(made, recipe) !== undefined,
      make: (draft) => make(host, recipe, { draft, folder, unsuitable, download }),
      report: host.report,
    });
  } catch (error) {
    throw explained(error, folder);
  }
  const made = (await find()).found;
  if (made !== undefined) return made;
  throw new ToolchainError({
    what: `${recipe.what} in ${folder} is not usable`,
    wayOut: "Remove that folder and run the same command again.",
  });
}

/**
 * @param {Host} host
 * @param {GoRecipe} recipe
 * @param {{ draft: string, folder: string, unsuitable: string, download: Download }} task
 */
async function make(host, recipe, { draft, folder, unsuitable, download }) {
  const { name, version, what, expected } = recipe;
  const text = `${name}: ${unsuitable}; fetching Pulumi ${ENGINE_VERSION} from ${host.downloads}`;
  const refusal = await host.report.during(text, (update) => attempt(host, { draft, download, update }));
  if (refusal !== undefined) {
    host.report.line(`${name}: the download did not serve: ${refusal}`);
    await usableGo(host, what);
    const building = `${name}: building ${version} from its Go modules into ${folder}, about ${expected.minutes} minutes, once`;
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

/**
 * @param {unknown} error
 * @param {string} folder
 */
function explained(error, folder) {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (!["EACCES", "EROFS", "ENOSPC", "ENOTDIR"].includes(String(code))) return error;
  return new ToolchainError({
    what: `the cache folder ${folder} cannot be written`,
    why: reasonOf(error),
    wayOut: "Free some space, or name another folder in XDG_CACHE_HOME.",
    cause: error,
  });
}
