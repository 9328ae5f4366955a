import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { orUndefined } from "../files/or-undefined.ts";
import type { Home } from "../home/open-home.ts";
import { stateOrigin } from "../home/state-origin.ts";
import { makeRunFolder } from "./run-folders.ts";
import type { RunOrder } from "./run-order.ts";

/** The project as the engine finds it during one run, in a folder of the run's own. */
export interface ProjectFolder {
  readonly path: string;
  readonly eventLog: string;
  /** Keeps what the engine has chosen for the stack, and removes the folder. */
  remove(remains: Remains): Promise<void>;
}

/** What a run leaves. */
interface Remains {
  /** Whether the salt that it chose is of the stack's own passphrase: one of another would make that one the wrong one. */
  readonly isSaltTrue: boolean;
}

/** Writes a project for a run: its name, and the stack's configuration. */
export async function writeProject(home: Home, order: RunOrder): Promise<ProjectFolder> {
  const origin = await stateOrigin(home);
  const path = await makeRunFolder(join(home.folder, "runs"), order.project);
  const config = join(path, `Pulumi.${order.stack}.yaml`);
  const saltFile = join(home.folder, "salts", `${order.project}.${order.stack}`);
  const salt = await readFile(saltFile, "utf8").catch(orUndefined);
  await writeFile(join(path, "Pulumi.yaml"), `name: ${order.project}\nruntime: nodejs\n`);
  await writeFile(config, configText(order, { salt, origin }), { mode: 0o600 });
  const remove = async ({ isSaltTrue }: Remains): Promise<void> => {
    if (salt === undefined && isSaltTrue) await keepSalt(config, saltFile);
    await rm(path, { recursive: true, force: true });
  };
  return { path, eventLog: join(path, "events.log"), remove };
}

/** What stays from run to run. */
interface Kept {
  readonly salt: string | undefined;
  /** The id of the state's home. */
  readonly origin: string;
}

/** JSON is YAML. The documents are there for the history: the program of the run has them already. */
function configText(order: RunOrder, { salt, origin }: Kept): string {
  // What is to go is not declared any more.
  const own = order.verb === "destroy" ? [] : order.documents;
  const declared = [...(order.kept ?? []), ...own];
  const documents = declared.map(({ kind, name, inputs }) => [name, { kind, ...inputs }] as const);
  const config = {
    "coppice:clusters": order.clusters,
    "coppice:origin": origin,
    [`${order.project}:documents`]: Object.fromEntries(documents),
  };
  return JSON.stringify({ ...(salt !== undefined && { encryptionsalt: salt }), config });
}

/** Without the salt, the next run would encrypt all secrets anew. */
async function keepSalt(config: string, file: string): Promise<void> {
  const [, salt] = /encryptionsalt["']?: *["']?(v1:[\w+/=:]+)/.exec(await readFile(config, "utf8")) ?? [];
  if (salt === undefined) return;
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, salt, { mode: 0o600 });
  await rename(draft, file);
}
