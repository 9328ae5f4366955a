import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * How a program is built from its Go modules.
 * @typedef {object} GoRecipe
 * @property {string} name In progress lines, as in `engine`.
 * @property {string} what In sentences, as in `the Pulumi engine`.
 * @property {string} kept The folder of the cache that holds its versions.
 * @property {string} modules The folder with `go.mod` and `go.sum`: every module of the build with its checksum.
 * @property {string} package The package that is built.
 * @property {string} version
 * @property {string} versionVariable The variable from which the program tells its version.
 * @property {string} binary The executable's name.
 * @property {{ packages: number, disk: string }} expected The packages that
 *   `go build -v` names, the space that Go's caches take.
 */

/** The files of a recipe's folder. */
export const MODULE_FILES = ["go.mod", "go.sum"];

/**
 * The settings of the one `go` call. `readonly`: the committed `go.sum` is complete, nothing may be added to it
 * unseen. Without cgo the result does not depend on whether a C compiler is there.
 */
export const GO_SETTINGS = { GOFLAGS: "-modcacherw -mod=readonly", CGO_ENABLED: "0", GOWORK: "off" };

/**
 * The arguments of that call; the output file and the package follow.
 * @param {GoRecipe} recipe
 * @returns {string[]}
 */
export function buildArguments({ version, versionVariable }) {
  return ["build", "-v", "-trimpath", "-ldflags", `-s -w -X ${versionVariable}=v${version}`];
}

/**
 * Eight digits that change whenever the recipe does, for the name of the cache folder.
 * @param {GoRecipe} recipe
 * @returns {string}
 */
export function recipeHash(recipe) {
  const call = JSON.stringify([buildArguments(recipe), recipe.package, GO_SETTINGS]);
  const hash = createHash("sha256").update(call);
  for (const name of MODULE_FILES) hash.update(readFileSync(join(recipe.modules, name)));
  return hash.digest("hex").slice(0, 8);
}
