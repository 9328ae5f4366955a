import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Where Node would find a module if it were required from a folder. The folder's real
 * path counts, as it does for a process that runs there.
 *
 * @example locateModule("@pulumi/pulumi/cmd/run", "/home/me/my-stack", "pulumi install")
 * @param {string} name
 * @param {string} folder
 * @param {string} installCommand what the user has to type when it is missing
 * @returns {string}
 */
export function locateModule(name, folder, installCommand) {
  try {
    return createRequire(join(realpathSync(folder), "resolve.js")).resolve(name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    // The words of the official host, for people who search for them.
    throw new Error(`It looks like the Pulumi SDK has not been installed. Have you run ${installCommand}?`, {
      cause: error,
    });
  }
}
