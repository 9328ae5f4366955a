import { mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runSteps } from "@coppice/clusters";
import { stableMark } from "@coppice/core";
import {
  type Difference,
  defineResource,
  diffProperties,
  type Found,
  type Lookup,
  type Recorded,
  type ResourceContext,
  type ResourceHandler,
  type Wanted,
} from "@coppice/provider";
import { fileSetKind, type FileSetInputs as Inputs } from "./file-set-kind.ts";
import { passGate } from "./gates.ts";

type State = Inputs & { readonly count: number; readonly mark: string };

const markFile = ".mark";

/** Folders with files, one step per file. */
export const fileSetHandler: ResourceHandler = defineResource<Inputs, State>({
  kind: fileSetKind,
  diff,
  preview: async ({ inputs }) => ({ ...inputs, count: Object.keys(inputs.files).length }),
  create,
  read,
  update,
  delete: remove,
});

function diff({ state, inputs }: Wanted<Inputs, State>): Difference {
  return { changes: diffProperties(fileSetKind, state, inputs), deleteBeforeReplace: true };
}

async function create(inputs: Inputs, context: ResourceContext) {
  await connect(inputs, context);
  const mark = stableMark([context.urn]);
  await ownFolder(inputs.folder, mark);
  return {
    id: inputs.folder,
    ...(await write(inputs, mark, { names: Object.keys(inputs.files), kept: {} }, context)),
  };
}

async function update({ state, inputs }: Wanted<Inputs, State>, context: ResourceContext) {
  await connect(inputs, context);
  const gone = Object.keys(state.files).filter((name) => !Object.hasOwn(inputs.files, name));
  for (const name of gone) await rm(join(inputs.folder, name), { force: true });
  const entries = Object.entries(inputs.files);
  const names = entries.filter(([name, content]) => state.files[name] !== content).map(([name]) => name);
  const kept = Object.fromEntries(Object.entries(state.files).filter(([name]) => !gone.includes(name)));
  return await write(inputs, state.mark, { names, kept }, context);
}

async function read(
  { id, state }: Lookup<Inputs, State>,
  context: ResourceContext,
): Promise<Found<Inputs, State> | undefined> {
  if (state) await connect(state, context);
  const mark = await readFile(join(id, markFile), "utf8").catch(() => undefined);
  if (mark === undefined) return undefined;
  const names = (await readdir(id)).filter((name) => name !== markFile).sort();
  const contents = names.map(async (name) => [name, await readFile(join(id, name), "utf8")] as const);
  const files = Object.fromEntries(await Promise.all(contents));
  const { count: _count, mark: _mark, ...settings } = state ?? { count: 0, mark };
  const inputs = { ...settings, folder: id, files };
  return { inputs, state: { ...inputs, count: names.length, mark } };
}

async function remove({ id, state }: Recorded<State>, context: ResourceContext): Promise<void> {
  await connect(state, context);
  await passGate(state.gates, "delete", context);
  for (const name of [...Object.keys(state.files), markFile]) await rm(join(id, name), { force: true });
  await rmdir(id).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

interface Plan {
  readonly names: readonly string[];
  readonly kept: Readonly<Record<string, string>>;
}

async function write(inputs: Inputs, mark: string, { names, kept }: Plan, context: ResourceContext) {
  const step = async (name: string): Promise<string> => {
    const content = inputs.files[name] ?? "";
    await passGate(inputs.gates, name, context);
    await writeFile(join(inputs.folder, name), content);
    return content;
  };
  const { finished, unfinished } = await runSteps(names, context, step, { verb: "create" });
  const files = { ...kept, ...Object.fromEntries(finished) };
  return { state: { ...inputs, files, count: Object.keys(files).length, mark }, unfinished };
}

/** Makes the folder, or takes up one that an interrupted run of ours left. Anybody else's is refused. */
async function ownFolder(folder: string, mark: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const found = await readFile(join(folder, markFile), "utf8").catch(() => undefined);
  if (found === mark) return;
  if (found !== undefined || (await readdir(folder)).length > 0)
    throw new Error(`${folder} belongs to somebody else`);
  await writeFile(join(folder, markFile), mark);
}

async function connect(inputs: Inputs, context: ResourceContext): Promise<void> {
  if (inputs.cluster !== undefined) await context.cluster(inputs.cluster);
}
