import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { toolEnvironment } from "@coppice/toolchain";

/** The configuration `coppice:clusters` of the stack in a folder. */
export interface StackClusters {
  readonly text: string;
  readonly secret: boolean;
}

/**
 * Asks the engine for the stack's clusters, since it alone can read what is encrypted. Undefined where there is no
 * project, no stack or no such value: the environment's variables count then.
 */
export async function readStackClusters(folder: string, stack?: string): Promise<StackClusters | undefined> {
  const tools = await toolEnvironment({ cwd: folder });
  const named = stack === undefined ? [] : ["--stack", stack];
  const args = ["config", "get", "coppice:clusters", "--json", "--non-interactive", ...named];
  try {
    const { stdout } = await promisify(execFile)(tools.pulumi, args, { cwd: folder, env: tools.env });
    // The engine's own format (`pulumi config get --json`).
    const { value, secret } = JSON.parse(stdout) as { value: string; secret?: boolean };
    return { text: value, secret: secret === true };
  } catch (error) {
    if (stack === undefined) return undefined;
    throw error;
  }
}
