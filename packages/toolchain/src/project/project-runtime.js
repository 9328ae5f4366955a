import { projectFile } from "./project-file.js";
import { runtimeIn } from "./runtime-in.js";

/**
 * The runtime of the Pulumi project around a folder, as in `nodejs`. Undefined outside of a project.
 * @param {string} folder
 * @returns {string | undefined}
 */
export function projectRuntime(folder) {
  const project = projectFile(folder);
  return project && runtimeIn(project.text);
}
