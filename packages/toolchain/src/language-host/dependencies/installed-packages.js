import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The parts of a package.json that count here; everything may be missing or of another type.
 *
 * @typedef {{ [key: string]: unknown }} Manifest
 */

/**
 * @typedef {object} InstalledPackage
 * @property {string} folder its real path
 * @property {Manifest} manifest
 */

/**
 * The package that a program belongs to: the nearest package.json at or above its folder.
 *
 * @param {string} programFolder
 * @returns {InstalledPackage | undefined}
 */
export function programPackage(programFolder) {
  const folder = ancestors(programFolder).find((candidate) => existsSync(join(candidate, "package.json")));
  return folder === undefined ? undefined : readPackage(folder);
}

/**
 * What a program can reach by name, directly or through its dependencies, and nothing
 * else that happens to lie in node_modules: a plugin of a stranger would be downloaded
 * for nothing, or hang behind a silent firewall.
 *
 * @param {InstalledPackage} root
 * @returns {InstalledPackage[]} without the root
 */
export function dependencyClosure(root) {
  /** @type {Map<string, InstalledPackage>} */
  const found = new Map();
  const waiting = directDependencies(root);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next.folder)) continue;
    found.set(next.folder, next);
    waiting.push(...resolveAll(next, runtimeDependencies(next.manifest)));
  }
  return [...found.values()];
}

/**
 * @param {InstalledPackage} root
 * @returns {InstalledPackage[]} what its package.json names and is installed
 */
export function directDependencies(root) {
  return resolveAll(root, [
    ...runtimeDependencies(root.manifest),
    ...names(root.manifest, "devDependencies"),
  ]);
}

/**
 * Optional peers are left out: whoever uses one lists it.
 *
 * @param {Manifest} manifest
 */
function runtimeDependencies(manifest) {
  const optional = manifest["peerDependenciesMeta"];
  const peers = names(manifest, "peerDependencies").filter((name) => !isOptional(optional, name));
  return [...names(manifest, "dependencies"), ...names(manifest, "optionalDependencies"), ...peers];
}

/** @param {unknown} meta @param {string} name */
function isOptional(meta, name) {
  const entry = isObject(meta) ? meta[name] : undefined;
  return isObject(entry) && entry["optional"] === true;
}

/** @param {Manifest} manifest @param {string} section */
function names(manifest, section) {
  const dependencies = manifest[section];
  return isObject(dependencies) ? Object.keys(dependencies) : [];
}

/** @param {InstalledPackage} from @param {readonly string[]} dependencies */
function resolveAll(from, dependencies) {
  const folders = dependencies.map((name) => findPackage(name, from.folder));
  return folders.filter((folder) => folder !== undefined).map(readPackage);
}

/** @param {string} name @param {string} from */
function findPackage(name, from) {
  return ancestors(from)
    .map((folder) => join(folder, "node_modules", name))
    .find((folder) => existsSync(join(folder, "package.json")));
}

/** @param {string} folder @returns {InstalledPackage} */
function readPackage(folder) {
  const real = realpathSync(folder);
  const file = join(real, "package.json");
  return { folder: real, manifest: parseManifest(file, readFileSync(file, "utf8")) };
}

/** @param {string} file @param {string} text @returns {Manifest} */
function parseManifest(file, text) {
  try {
    const manifest = JSON.parse(text);
    return isObject(manifest) ? manifest : {};
  } catch (cause) {
    throw new Error(`${file} is not valid JSON`, { cause });
  }
}

/** @param {string} folder @returns {string[]} the folder, its parent, … */
function ancestors(folder) {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

/** @param {unknown} value @returns {value is Manifest} */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
