import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isList, isProperties, type JsonValue, type Properties, parseProperties } from "@coppice/core";
import { backendFolder, stateHome } from "@coppice/engine";
import { clusterOfStack } from "./cluster-of-stack.ts";

/** What a stack holds on a cluster. */
export interface HeldByStack {
  /** `project/stack`. */
  readonly stack: string;
  /** The documents whose things are there, as `LabClass networks-101`. */
  readonly documents: readonly string[];
}

/**
 * What the stacks of the home hold on a cluster. Undefined where their states do not lie in files, so that nobody knows.
 */
export async function heldByStacks(
  cluster: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly HeldByStack[] | undefined> {
  const folder = backendFolder(stateHome(environment).backend);
  if (folder === undefined) return undefined;
  const stacks = join(folder, ".pulumi", "stacks");
  const files = (await entries(stacks)).filter((file) => isOn(cluster, file)).sort();
  const held = await Promise.all(
    files.map(async (file) => ({
      stack: file.replace(STATE, ""),
      documents: documentsIn(parseProperties(await textOf(join(stacks, file)))),
    })),
  );
  return held.filter(({ documents }) => documents.length > 0);
}

/** How a stack's state is called, compressed or not; copies that the engine keeps beside end otherwise. */
const STATE = /\.json(?:\.gz)?$/;

/** `coppice-tenant/acme.main.json` is on `main`. */
function isOn(cluster: string, file: string): boolean {
  return STATE.test(file) && clusterOfStack(basename(file).replace(STATE, "")) === cluster;
}

async function textOf(file: string): Promise<string> {
  const content = await readFile(file);
  return (file.endsWith(".gz") ? gunzipSync(content) : content).toString("utf8");
}

async function entries(folder: string): Promise<readonly string[]> {
  return await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}

/** What stands directly below the stack itself, of what is kept of it. A provider alone holds nothing. */
function documentsIn(state: Properties | undefined): readonly string[] {
  const resources = within(state, ["checkpoint", "latest", "resources"]);
  const all = isList(resources) ? resources.filter(isProperties) : [];
  const own = all.filter(({ type }) => typeof type === "string" && !type.startsWith("pulumi:"));
  const urns = new Set(own.map(({ urn }) => urn));
  return own.flatMap(({ urn, type, parent }) =>
    parent !== undefined && urns.has(parent) ? [] : [`${lastPart(type)} ${lastPart(urn, "::")}`],
  );
}

function within(value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((at, key) => (isProperties(at) ? at[key] : undefined), value);
}

function lastPart(value: JsonValue | undefined, separator = ":"): string {
  return typeof value === "string" ? (value.split(separator).at(-1) ?? "") : "";
}
