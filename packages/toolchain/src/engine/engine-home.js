import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, cpSync, linkSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolderOnce } from "../lock/make-folder-once.js";
import { isExecutable } from "../process/find-executable.js";

const HOST_FOLDER = fileURLToPath(new URL("../language-host", import.meta.url));
const LAUNCHERS_FOLDER = fileURLToPath(new URL("../../engine", import.meta.url));
const LAUNCHERS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * The folder whose `bin` holds a built engine and everything that must lie beside it: our language host and
 * launchers, copied so that they outlive this checkout, and built hosts of other languages. It is named after its
 * contents, so that a change of them never rebuilds the engine.
 * @param {string} engine The engine's folder in the cache.
 * @param {import("../console/reporter.js").Reporter} report
 * @param {readonly string[]} [builtHosts] Executables in the cache.
 * @returns {Promise<string>} Made where it was missing.
 */
export async function ensureEngineHome(engine, report, builtHosts = []) {
  const home = join(engine, `home-${contentHash(builtHosts)}`);
  const linked = [join(engine, "bin", "pulumi"), ...builtHosts];
  const names = [...linked.map((file) => basename(file)), ...LAUNCHERS];
  await makeFolderOnce({
    folder: home,
    isWhole: (folder) => names.every((name) => isExecutable(join(folder, "bin", name))),
    make: (draft) => furnish(draft, linked),
    report,
  });
  return home;
}

/**
 * @param {string} draft
 * @param {readonly string[]} linked
 */
async function furnish(draft, linked) {
  const bin = join(draft, "bin");
  mkdirSync(bin);
  // A second name, not a symbolic link: the engine looks for its plugins beside the name that it was started by.
  for (const file of linked) linkSync(file, join(bin, basename(file)));
  for (const name of LAUNCHERS) {
    copyFileSync(join(LAUNCHERS_FOLDER, name), join(bin, name));
    chmodSync(join(bin, name), 0o755);
  }
  cpSync(HOST_FOLDER, join(draft, "language-host"), { recursive: true, filter: (file) => !isTest(file) });
}

/**
 * A built host never changes in its folder, so its place stands for it.
 * @param {readonly string[]} builtHosts
 */
function contentHash(builtHosts) {
  const hash = createHash("sha256");
  for (const file of ownFiles()) hash.update(`${relative(HOST_FOLDER, file)}\n`).update(readFileSync(file));
  for (const file of builtHosts) hash.update(`${file}\n`);
  return hash.digest("hex").slice(0, 8);
}

function ownFiles() {
  const names = readdirSync(HOST_FOLDER, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const launchers = LAUNCHERS.map((name) => join(LAUNCHERS_FOLDER, name));
  return [...files.filter((file) => !isTest(file)).sort(), ...launchers];
}

/** @param {string} file */
function isTest(file) {
  return /\.test\.[jt]s$|\/fixtures(\/|$)/.test(file);
}
