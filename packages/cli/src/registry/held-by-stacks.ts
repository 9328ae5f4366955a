import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isList, isProperties, type JsonValue, type Properties, parseProperties } from "@coppice/core";
import { homeFolder } from "@coppice/engine";

/** What a stack holds on a cluster. */
export interface HeldByStack {
  /** `project/stack`. */
  readonly stack: string;
  /** The documents whose things are there, as `LabClass networks-101`. */
  readonly documents: readonly string[];
}

/**
 * What the stacks of the home hold on a cluster. Undefined where their states do not lie in files, so that nobody knows.
 * A stack is named after its cluster, behind the tenant's name where there is one.
 */
export async function heldByStacks(
  cluster: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly HeldByStack[] | undefined> {
  const folder = stateFolder(environment);
  if (folder === undefined) return undefined;
  const stacks = join(folder, ".pulumi", "stacks");
  const files = (await entries(stacks)).filter((file) => clusterOf(file) === cluster).sort();
  const held = await Promise.all(
    files.map(async (file) => ({
      stack: file.replace(/\.json$/, ""),
      documents: documentsIn(parseProperties(await readFile(join(stacks, file), "utf8"))),
    })),
  );
  return held.filter(({ documents }) => documents.length > 0);
}

/** Where the engine keeps the states of this home, where those are files. */
export function stateFolder(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const { PULUMI_BACKEND_URL: backend } = environment;
  if (!backend) return join(homeFolder(environment), "state");
  return backend.startsWith("file:///") ? fileURLToPath(backend) : undefined;
}

/** `coppice-tenant/acme.main.json` is on `main`; copies that the engine keeps beside end otherwise. */
function clusterOf(file: string): string | undefined {
  return /(?:^|[/.])([a-z0-9-]+)\.json$/.exec(file)?.[1];
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
