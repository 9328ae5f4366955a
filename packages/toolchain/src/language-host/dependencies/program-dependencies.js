import { dependencyClosure, directDependencies, programPackage } from "./installed-packages.js";

/**
 * The packages of a program as `pulumi about` lists them, by name.
 *
 * @param {string} programFolder
 * @param {boolean} transitive with the dependencies of its dependencies
 * @returns {{ name: string, version: string }[]}
 */
export function programDependencies(programFolder, transitive) {
  const root = programPackage(programFolder);
  if (!root) return [];
  const packages = transitive ? dependencyClosure(root) : directDependencies(root);
  return packages
    .map(({ manifest }) => ({ name: String(manifest["name"]), version: String(manifest["version"]) }))
    .sort((left, right) => left.name.localeCompare(right.name) || left.version.localeCompare(right.version));
}
