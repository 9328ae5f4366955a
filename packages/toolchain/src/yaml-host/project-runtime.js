import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runtimeIn } from "./runtime-in.js";

/** In the engine's order (its `encoding.Exts`). */
const PROJECT_FILES = ["Pulumi.json", "Pulumi.yaml", "Pulumi.yml"];

/**
 * The runtime of the Pulumi project around a folder, as in `nodejs`. Undefined outside of a project.
 * @param {string} folder
 * @returns {string | undefined}
 */
export function projectRuntime(folder) {
  for (const name of PROJECT_FILES) {
    const text = readIfThere(join(folder, name));
    if (text !== undefined) return runtimeIn(text);
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : projectRuntime(parent);
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Absent, a folder, or not ours to read: the engine does not take it for the project either.
    return undefined;
  }
}
