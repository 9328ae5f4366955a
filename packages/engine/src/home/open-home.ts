import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CoppiceError } from "@coppice/core";
import type { Environment } from "./home-folder.ts";
import { ensurePassphrase } from "./passphrase.ts";
import { type StateHome, stateHome } from "./state-home.ts";

/** Where the state of stacks lies, and what the engine needs to use it. Plain values: it is handed to workers. */
export interface Home extends StateHome {
  /** The variables by which the engine finds all that. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Opens the home of whoever this environment belongs to, and makes what is missing. Pulumi's own settings win where they
 * are: `PULUMI_BACKEND_URL`, `PULUMI_HOME`, `PULUMI_CONFIG_PASSPHRASE`, `PULUMI_CONFIG_PASSPHRASE_FILE`.
 *
 * @example
 * const home = await openHome(process.env);
 * @throws CoppiceError `engine.home`, `engine.passphrase`
 */
export async function openHome(environment: Environment): Promise<Home> {
  const { folder, backend } = stateHome(environment);
  for (const each of ["", "state", "salts", "runs", "engine"]) await makeFolder(join(folder, each));
  return {
    folder,
    backend,
    variables: {
      PULUMI_BACKEND_URL: backend,
      PULUMI_HOME: environment["PULUMI_HOME"] || join(folder, "engine"),
      ...(await passphraseVariables(folder, environment)),
    },
  };
}

async function passphraseVariables(
  folder: string,
  environment: Environment,
): Promise<Record<string, string>> {
  const { PULUMI_CONFIG_PASSPHRASE: text, PULUMI_CONFIG_PASSPHRASE_FILE: file } = environment;
  if (text !== undefined) return { PULUMI_CONFIG_PASSPHRASE: text };
  return { PULUMI_CONFIG_PASSPHRASE_FILE: file || (await ensurePassphrase(folder)) };
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new CoppiceError("engine.home", {
      what: `The folder ${folder} cannot be made`,
      why: cause instanceof Error ? cause.message : String(cause),
      wayOut: "Name another one in COPPICE_HOME",
      cause,
    });
  });
}
