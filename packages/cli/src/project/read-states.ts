import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type RecordedStack, readRecordedStack } from "@coppice/clusters";
import { configuredClusters } from "@coppice/clusters/connections";
import { CoppiceError, type JsonValue, parseProperties } from "@coppice/core";
import { projectFile, ToolchainError, toolEnvironment } from "@coppice/toolchain";
import { homeStates } from "./home-states.ts";
import { isSameEndpoint } from "./is-same-endpoint.ts";
import { selectedStack, spelledFolder } from "./selected-stack.ts";
import { readStackClusters } from "./stack-clusters.ts";
import { readMapping } from "./stack-file.ts";

/** Whose states are wanted. */
export interface StatesWish {
  readonly folder: string;
  /** Names of the project's stacks; the selected one where none is named. */
  readonly stacks: readonly string[];
  /** The address of the cluster that they are to be compared with. */
  readonly endpoint: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Reads what stacks of the folder's project and of the home have on a cluster, wherever their states are kept. They stay
 * encrypted: nothing that is looked for is a secret.
 *
 * @throws CoppiceError `stack.unreadable`
 */
export async function readStates(wish: StatesWish): Promise<RecordedStack[]> {
  const [inProject, inHome] = await Promise.all([
    projectStates(wish),
    homeStates(wish.endpoint, wish.environment),
  ]);
  if (inProject.stacks.length === 0 && inHome === undefined) throw unreadable(...inProject.none);
  // Who works in the folder of the documents' own program has them twice.
  const own = new Set(inProject.stacks.map(({ name }) => name));
  return [...inProject.stacks, ...(inHome ?? []).filter(({ name }) => !own.has(name))];
}

interface ProjectStates {
  readonly stacks: readonly RecordedStack[];
  /** Whose state cannot be read, where that is none at all, and why. */
  readonly none: readonly [which: string, why: string];
}

/** Stacks of the project that configure the cluster, by whatever names. */
async function projectStates(wish: StatesWish): Promise<ProjectStates> {
  const { folder, environment } = wish;
  const found = projectFile(spelledFolder(folder, environment));
  const unregistered = `no cluster at ${wish.endpoint} is registered`;
  if (found === undefined) {
    return {
      stacks: [],
      none: ["of this folder", `there is no Pulumi.yaml here or above, and ${unregistered}`],
    };
  }
  const { name } = readMapping(found.file, found.text);
  const project = typeof name === "string" ? name : "";
  const selected = selectedStack({ name: project, file: found.file }, environment);
  const stacks =
    wish.stacks.length > 0 ? [...new Set(wish.stacks)] : selected === undefined ? [] : [selected];
  const read = await Promise.all(stacks.map(async (stack) => await statesOf(wish, project, stack)));
  const why = stacks.length === 0 ? "no stack is selected in it" : "its stack is on another cluster";
  return { stacks: read.flat(), none: [`of the project '${project}'`, `${why}, and ${unregistered}`] };
}

async function statesOf(
  { folder, stacks, endpoint, environment }: StatesWish,
  project: string,
  stack: string,
): Promise<RecordedStack[]> {
  // One that is only selected need not have a file.
  const named = stacks.length > 0 ? stack : undefined;
  const found = await readStackClusters({ folder, stack: named, environment });
  const { given, ...rules } = found ?? { given: undefined, secret: false };
  const { clusters } = configuredClusters(given, { ...rules, environment });
  const names = [...clusters].filter(([, cluster]) => isSameEndpoint(cluster.endpoint, endpoint));
  if (names.length === 0) return [];
  const state = await exported(folder, stack);
  const name = `${project}/${stack.split("/").at(-1)}`;
  return names.map(([cluster]) => readRecordedStack(state, { stack: name, cluster }));
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
    wayOut:
      "Go into the project's folder, and name by --stack one that `coppice pulumi stack ls` shows; of documents, register " +
      "the cluster (`coppice cluster add`)",
    cause,
  });
}

function whyOf(cause: unknown): string {
  if (cause instanceof ToolchainError) return `only the Pulumi engine can, and ${cause.what}`;
  const said = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : String(cause);
  return said.replace(/^error: /, "").trim();
}
