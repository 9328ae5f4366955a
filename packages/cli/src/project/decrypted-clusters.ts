import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CoppiceError } from "@coppice/core";
import { ToolchainError, toolEnvironment } from "@coppice/toolchain";

/** Asks the engine for a stack's clusters, since it alone can read what it has encrypted. */
export async function decryptedClusters(
  folder: string,
  stack: string,
): Promise<{ readonly given: string | undefined; readonly secret: boolean }> {
  try {
    const tools = await toolEnvironment({ cwd: folder });
    const args = ["config", "get", "coppice:clusters", "--json", "--non-interactive", "--stack", stack];
    const { stdout } = await promisify(execFile)(tools.pulumi, args, { cwd: folder, env: tools.env });
    // The engine's own format (`pulumi config get --json`).
    const { value, secret } = JSON.parse(stdout) as { value: string; secret?: boolean };
    return { given: value, secret: secret === true };
  } catch (cause) {
    const why = whyOf(cause);
    // An environment of Pulumi's service need not say anything of clusters.
    if (/configuration key \S+ not found/.test(why)) return { given: undefined, secret: false };
    throw new CoppiceError("provider.config", {
      what: "The encrypted part of the stack's configuration coppice:clusters cannot be read",
      why,
      wayOut:
        "The stack's passphrase is taken from PULUMI_CONFIG_PASSPHRASE_FILE or PULUMI_CONFIG_PASSPHRASE",
      cause,
    });
  }
}

function whyOf(cause: unknown): string {
  if (cause instanceof ToolchainError) return `only the Pulumi engine decrypts it, and ${cause.what}`;
  const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : String(cause);
  return said.replace(/^error: /, "").trim();
}
