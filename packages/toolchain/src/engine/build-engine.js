import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findExecutable } from "../process/find-executable.js";
import { lastLines, runProgram } from "../process/run-program.js";
import { ToolchainError } from "../toolchain-error.js";
import { isAtLeast, OLDEST_GO } from "../versions.js";
import { GO_BUILD, GO_PACKAGE, GO_SETTINGS, RECIPE_FOLDER } from "./engine-recipe.js";

/** The number of packages that `go build -v` names for this engine, for the progress line. */
const PACKAGES = 1650;

/**
 * Builds the engine from its Go modules into `<draft>/bin/pulumi`. Go's caches for it grow to several GB, so it
 * gets private ones, removed at the end.
 * @param {import("../host.js").Host} host
 * @param {string} draft
 * @param {(detail: string) => void} update
 * @returns {Promise<void>}
 */
export async function buildEngine(host, draft, update) {
  const go = await usableGo(host);
  const work = join(draft, "go");
  mkdirSync(join(draft, "bin"));
  mkdirSync(work);
  for (const name of ["go.mod", "go.sum"]) copyFileSync(join(RECIPE_FOLDER, name), join(work, name));
  const result = await runProgram(go, [...GO_BUILD, "-o", join(draft, "bin", "pulumi"), GO_PACKAGE], {
    cwd: work,
    env: { ...host.env, ...GO_SETTINGS, ...privateCaches(work) },
    onLine: progressOf(update),
  });
  if (result.code !== 0) throw buildFailed(result);
  rmSync(work, { recursive: true, force: true });
}

/**
 * The Go that can build it.
 * @param {import("../host.js").Host} host
 * @returns {Promise<string>}
 */
export async function usableGo(host) {
  const go = findExecutable("go", host.env["PATH"]);
  const version = go ? await goVersion(host, go) : "";
  if (go && isAtLeast(version, OLDEST_GO)) return go;
  throw new ToolchainError({
    what: "the Pulumi engine cannot be built here",
    why: go ? `${go} is ${version || "not usable"}, older than ${OLDEST_GO}` : "there is no go on PATH",
    wayOut:
      "Install the Pulumi CLI (https://www.pulumi.com/docs/install/), or Go (https://go.dev/doc/install) where " +
      "only a Go module proxy can be reached, and run the same command again.",
  });
}

/**
 * @param {import("../host.js").Host} host
 * @param {string} go
 * @returns {Promise<string>} Empty when it does not say.
 */
export async function goVersion(host, go) {
  const { stdout } = await runProgram(go, ["env", "GOVERSION"], { env: host.env, timeoutMs: 10_000 });
  return stdout.trim().replace(/^go/, "");
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

/** @param {(detail: string) => void} update */
function progressOf(update) {
  let compiled = 0;
  return (/** @type {string} */ line) => {
    if (line.startsWith("go: ")) return update(line.slice("go: ".length));
    compiled += 1;
    update(`${compiled} of about ${PACKAGES} packages compiled`);
  };
}

/** @param {import("../process/run-program.js").ProgramResult} result */
function buildFailed(result) {
  return new ToolchainError({
    what: "building the Pulumi engine failed",
    why: lastLines(result),
    wayOut:
      "The build needs a Go module proxy (see `go env GOPROXY`) and about 7 GB of free disk for some minutes. " +
      "With internet, installing the Pulumi CLI (https://www.pulumi.com/docs/install/) avoids it.",
  });
}
