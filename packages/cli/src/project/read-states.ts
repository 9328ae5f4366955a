import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type RecordedStack, readRecordedStack } from "@coppice/clusters";
import { CoppiceError, type JsonValue, parseProperties } from "@coppice/core";
import { projectFile, ToolchainError, toolEnvironment } from "@coppice/toolchain";
import { selectedStack, spelledFolder } from "./selected-stack.ts";
import { readMapping } from "./stack-file.ts";

/** Whose states are wanted. */
export interface StatesWish {
  readonly folder: string;
  /** Names of the project's stacks; the selected one where none is named. */
  readonly stacks: readonly string[];
  /** The cluster that they are to be compared with, by its name in their configurations. */
  readonly cluster: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads what stacks of a project have on a cluster, through the engine, wherever it keeps its states. They stay encrypted:
 * nothing that is looked for is a secret.
 *
 * @throws CoppiceError `stack.unreadable`
 */
export async function readStates(wish: StatesWish): Promise<RecordedStack[]> {
  const { folder, cluster, environment } = wish;
  const found = projectFile(spelledFolder(folder, environment));
  if (found === undefined) throw unreadable("of this folder", "there is no Pulumi.yaml here or above");
  const { name: project } = readMapping(found.file, found.text);
  const named = { name: typeof project === "string" ? project : "", file: found.file };
  const selected = selectedStack(named, environment);
  const stacks =
    wish.stacks.length > 0 ? [...new Set(wish.stacks)] : selected === undefined ? [] : [selected];
  if (stacks.length === 0) throw unreadable(`of the project '${named.name}'`, "no stack is selected in it");
  const read = stacks.map(async (stack) => {
    const name = `${named.name}/${stack.split("/").at(-1)}`;
    return readRecordedStack(await exported(folder, stack), { stack: name, cluster });
  });
  return await Promise.all(read);
}

/** A stack's state in the engine's own format (sdk/go/common/apitype, UntypedDeployment). */
async function exported(folder: string, stack: string): Promise<JsonValue> {
  try {
    const { env, pulumi } = await toolEnvironment({ cwd: folder });
    const args = ["stack", "export", "--non-interactive", "--stack", stack];
    // A thousand seats are half a megabyte.
    const options = { cwd: folder, env, maxBuffer: 2 ** 28 };
    const { stdout } = await promisify(execFile)(pulumi, args, options);
    const state = parseProperties(stdout);
    if (state !== undefined) return state;
  } catch (cause) {
    throw unreadable(`'${stack}'`, whyOf(cause), cause);
  }
  throw unreadable(`'${stack}'`, "what the engine exports is no JSON");
}

function unreadable(which: string, why: string, cause?: unknown): CoppiceError {
  return new CoppiceError("stack.unreadable", {
    what: `The state of the stack ${which} cannot be read`,
    why,
    wayOut: "Go into the project's folder, and name by --stack one that `coppice pulumi stack ls` shows",
    cause,
  });
}

function whyOf(cause: unknown): string {
  if (cause instanceof ToolchainError) return `only the Pulumi engine can, and ${cause.what}`;
  const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : String(cause);
  return said.replace(/^error: /, "").trim();
}
