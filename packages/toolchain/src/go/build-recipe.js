import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ToolchainError } from "../base/toolchain-error.js";
import { lastLines, runProgram } from "../process/run-program.js";
import { buildArguments, GO_SETTINGS, MODULE_FILES } from "./go-recipe.js";
import { usableGo } from "./usable-go.js";

/** @typedef {import("./go-recipe.js").GoRecipe} GoRecipe */

/**
 * Builds a program from its Go modules into `<draft>/bin`. Go's caches for it grow to several GB, so it gets
 * private ones, removed at the end.
 * @param {import("../base/host.js").Host} host
 * @param {GoRecipe} recipe
 * @param {string} draft
 * @param {(detail: string) => void} update
 * @returns {Promise<void>}
 */
export async function buildRecipe(host, recipe, draft, update) {
  const go = await usableGo(host, recipe.what);
  const work = join(draft, "go");
  const output = join(draft, "bin", recipe.binary);
  mkdirSync(join(draft, "bin"));
  mkdirSync(work);
  for (const name of MODULE_FILES) copyFileSync(join(recipe.modules, name), join(work, name));
  const result = await runProgram(go, [...buildArguments(recipe), "-o", output, recipe.package], {
    cwd: work,
    env: { ...host.env, ...GO_SETTINGS, ...privateCaches(work) },
    onLine: progressOf(recipe, update),
  });
  if (result.code !== 0) throw buildFailed(recipe, result);
  rmSync(work, { recursive: true, force: true });
}

/** @param {string} work */
function privateCaches(work) {
  const modules = join(work, "modules");
  return {
    GOPATH: modules,
    GOMODCACHE: join(modules, "pkg", "mod"),
    GOCACHE: join(work, "cache"),
    GOTMPDIR: work,
  };
}

/**
 * @param {GoRecipe} recipe
 * @param {(detail: string) => void} update
 */
function progressOf({ expected }, update) {
  let compiled = 0;
  return (/** @type {string} */ line) => {
    if (line.startsWith("go: ")) return update(line.slice("go: ".length));
    // How many there are differs a little from one release of Go to the next.
    compiled = Math.min(compiled + 1, expected.packages);
    update(`${compiled} of about ${expected.packages} packages compiled`);
  };
}

/**
 * @param {GoRecipe} recipe
 * @param {import("../process/run-program.js").ProgramResult} result
 */
function buildFailed({ what, expected }, result) {
  return new ToolchainError({
    what: `building ${what} failed`,
    why: lastLines(result),
    wayOut:
      `The build needs a Go module proxy (see \`go env GOPROXY\`) and about ${expected.disk} of free disk for some ` +
      "minutes. With internet, installing the Pulumi CLI (https://www.pulumi.com/docs/install/) avoids it.",
  });
}
