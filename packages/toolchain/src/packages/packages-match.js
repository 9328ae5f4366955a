import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, resolved?: string, optional?: boolean,
 *   os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 */

/**
 * Whether `node_modules` holds what the lockfile names. npm writes its own record of what it installed as its last
 * act (`node_modules/.package-lock.json`), so an installation that was killed half way has none.
 * @param {string} root
 * @returns {boolean}
 */
export function packagesMatch(root) {
  const wanted = packagesOf(join(root, "package-lock.json"));
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([path, locked]) => {
    if (path === "") return true;
    const found = installed[path];
    return found ? isSame(locked, found) : isForOthers(locked);
  });
}

/**
 * @param {LockedPackage} locked
 * @param {LockedPackage} found
 */
function isSame(locked, found) {
  return (
    locked.version === found.version && locked.integrity === found.integrity && locked.link === found.link
  );
}

/**
 * An optional package may be absent: npm skips it on other systems.
 * @param {LockedPackage} locked
 */
function isForOthers(locked) {
  return locked.optional === true;
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    // Absent or torn: npm is asked to install, and says what is wrong with a lockfile that it cannot read.
    return undefined;
  }
}
