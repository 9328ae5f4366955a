import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { CoppiceError } from "@coppice/core";
import { toolEnvironment } from "@coppice/toolchain";

/** The configuration `coppice:clusters` of the stack in a folder. */
export interface StackClusters {
  readonly text: string;
  readonly secret: boolean;
}

/** What the engine says where there is nothing to read: the environment's variables count then, as for the provider. */
const NOTHING = /no stack selected|configuration key \S+ not found/;

/**
 * Asks the engine for the stack's clusters, since it alone can read what is encrypted. Undefined where there is no
 * project, no stack or no such value.
 *
 * @throws CoppiceError `provider.config` when there is one that cannot be read
 */
export async function readStackClusters(folder: string, stack?: string): Promise<StackClusters | undefined> {
  if (stack === undefined && !isInProject(folder)) return undefined;
  const tools = await toolEnvironment({ cwd: folder });
  const named = stack === undefined ? [] : ["--stack", stack];
  const args = ["config", "get", "coppice:clusters", "--json", "--non-interactive", ...named];
  try {
    const { stdout } = await promisify(execFile)(tools.pulumi, args, { cwd: folder, env: tools.env });
    // The engine's own format (`pulumi config get --json`).
    const { value, secret } = JSON.parse(stdout) as { value: string; secret?: boolean };
    return { text: value, secret: secret === true };
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : String(cause);
    if (NOTHING.test(said)) return undefined;
    throw new CoppiceError("provider.config", {
      what: "The stack's configuration coppice:clusters cannot be read",
      why: said.replace(/^error: /, "").trim(),
      wayOut: "Look at it with `coppice pulumi config`",
      cause,
    });
  }
}

/** The engine looks upwards for a project too, but only after a login that nobody needs for nothing. */
function isInProject(folder: string): boolean {
  const isHere = ["Pulumi.yaml", "Pulumi.yml"].some((name) => existsSync(join(folder, name)));
  return isHere || (dirname(folder) !== folder && isInProject(dirname(folder)));
}
