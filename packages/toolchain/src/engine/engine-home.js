import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, cpSync, linkSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolderOnce } from "../lock/make-folder-once.js";
import { isExecutable } from "../process/find-executable.js";
import { howMade } from "./engine-cache.js";

const HOST_FOLDER = fileURLToPath(new URL("../language-host", import.meta.url));
const LAUNCHERS_FOLDER = fileURLToPath(new URL("../../engine", import.meta.url));
const LAUNCHERS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * The folder whose `bin` holds an engine and everything that must lie beside it. An official download is complete;
 * beside a built engine go our language host and launchers, copied so that they outlive this checkout, in a folder
 * named after their contents so that a change of them never rebuilds the engine.
 * @param {string} engine A whole engine folder of the cache.
 * @returns {string}
 */
function engineHome(engine) {
  return howMade(engine)?.how === "build" ? join(engine, `home-${hostHash()}`) : engine;
}

/**
 * Makes that folder where it is missing.
 * @param {string} engine
 * @param {import("../console/reporter.js").Reporter} report
 * @returns {Promise<string>}
 */
export async function ensureEngineHome(engine, report) {
  const home = engineHome(engine);
  if (home === engine) return home;
  await makeFolderOnce({
    folder: home,
    isWhole: isWholeHome,
    make: (draft) => furnish(engine, draft),
    report,
  });
  return home;
}

/**
 * @param {string} home
 * @returns {boolean}
 */
function isWholeHome(home) {
  return ["pulumi", ...LAUNCHERS].every((name) => isExecutable(join(home, "bin", name)));
}

/**
 * @param {string} engine
 * @param {string} draft
 */
async function furnish(engine, draft) {
  const bin = join(draft, "bin");
  mkdirSync(bin);
  // A second name, not a symbolic link: the engine looks for its plugins beside the name that it was started by.
  linkSync(join(engine, "bin", "pulumi"), join(bin, "pulumi"));
  for (const name of LAUNCHERS) {
    copyFileSync(join(LAUNCHERS_FOLDER, name), join(bin, name));
    chmodSync(join(bin, name), 0o755);
  }
  cpSync(HOST_FOLDER, join(draft, "language-host"), { recursive: true, filter: (file) => !isTest(file) });
}

function hostHash() {
  const hash = createHash("sha256");
  for (const file of hostFiles()) hash.update(`${relative(HOST_FOLDER, file)}\n`).update(readFileSync(file));
  return hash.digest("hex").slice(0, 8);
}

function hostFiles() {
  const names = readdirSync(HOST_FOLDER, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const launchers = LAUNCHERS.map((name) => join(LAUNCHERS_FOLDER, name));
  return [...files.filter((file) => !isTest(file)).sort(), ...launchers];
}

/** @param {string} file */
function isTest(file) {
  return /\.test\.[jt]s$|\/fixtures(\/|$)/.test(file);
}
