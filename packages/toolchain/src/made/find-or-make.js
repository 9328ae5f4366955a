import { reasonOf, ToolchainError } from "../base/toolchain-error.js";
import { makeFolderOnce } from "../lock/make-folder-once.js";
import { howMade, madeFolder } from "./made-folder.js";

/**
 * @typedef {import("../base/host.js").Host} Host
 * @typedef {import("../go/go-recipe.js").GoRecipe} GoRecipe
 * @typedef {import("./make-program.js").Download} Download
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
  // Loaded only now: nearly always there is nothing to make.
  const { makeProgram } = await import("./make-program.js");
  try {
    await makeFolderOnce({
      folder,
      isWhole: (made) => howMade(made, recipe) !== undefined,
      make: (draft) => makeProgram(host, recipe, { draft, folder, unsuitable, download }),
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
