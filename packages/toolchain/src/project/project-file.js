import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** In the engine's order (its `encoding.Exts`). */
const PROJECT_FILES = ["Pulumi.json", "Pulumi.yaml", "Pulumi.yml"];

/**
 * The Pulumi project around a folder: where it lies, its file and what that says. Undefined outside of a project.
 * @param {string} folder
 * @returns {{ folder: string, file: string, text: string } | undefined}
 */
export function projectFile(folder) {
  for (const name of PROJECT_FILES) {
    const file = join(folder, name);
    const text = readIfThere(file);
    if (text !== undefined) return { folder, file, text };
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : projectFile(parent);
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
