import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CoppiceError } from "@coppice/core";
import { hideInUrls } from "../run/hide-secrets.ts";
import type { EngineOptions } from "../run/run-parts.ts";

/** Longest answer, in bytes: the state of a few thousand machines. */
const LONGEST = 2 ** 28;

/** Asks the engine what it knows of stacks, where their state is in no folder that could be read instead. */
export async function askEngine(
  { home, pulumi, environment }: EngineOptions,
  args: readonly string[],
): Promise<string> {
  const env = { ...environment, ...home.variables, PULUMI_SKIP_UPDATE_CHECK: "true" };
  try {
    const options = { cwd: home.folder, env, maxBuffer: LONGEST };
    return (await promisify(execFile)(pulumi, [...args, "--non-interactive"], options)).stdout;
  } catch (cause) {
    const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr).trim() : String(cause);
    // The call itself stays out of it: what it was started with holds credentials.
    throw new CoppiceError("engine.failed", {
      what: hideInUrls(said.replace(/^error: /m, "")) || `pulumi ${args[0]} failed`,
      why: `the engine was asked for what lies in ${hideInUrls(home.backend)}`,
    });
  }
}
