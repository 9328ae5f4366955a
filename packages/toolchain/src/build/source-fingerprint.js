import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * A hash over name, size and time of everything that the build reads. Reading no contents keeps it at milliseconds.
 * @param {string} root
 * @returns {string}
 */
export function sourceFingerprint(root) {
  const hash = createHash("sha256");
  for (const file of [...rootFiles(root), ...packageFolders(root).flatMap(packageFiles)]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}\n${size}\n${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/**
 * The packages that TypeScript builds.
 * @param {string} root
 * @returns {string[]}
 */
export function packageFolders(root) {
  const rooms = ["packages", "policies"].map((room) => join(root, room)).filter((room) => existsSync(room));
  const folders = rooms.flatMap((room) =>
    readdirSync(room)
      .sort()
      .map((name) => join(room, name)),
  );
  return folders.filter((folder) => existsSync(join(folder, "tsconfig.json")));
}

/** @param {string} root */
function rootFiles(root) {
  const names = ["package-lock.json", "tsconfig.json", "tsconfig.base.json"];
  return names.map((name) => join(root, name)).filter((file) => existsSync(file));
}

/** @param {string} folder */
function packageFiles(folder) {
  const files = ["package.json", "tsconfig.json"].map((name) => join(folder, name));
  const sources = join(folder, "src");
  return [...files.filter((file) => existsSync(file)), ...(existsSync(sources) ? filesUnder(sources) : [])];
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}
