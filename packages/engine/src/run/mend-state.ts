import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseProperties } from "@coppice/core";
import { orUndefined } from "../files/or-undefined.ts";
import { backendFolder } from "../home/backend-folder.ts";
import type { StateHome } from "../home/state-home.ts";
import type { StackName } from "../lease/stack-place.ts";

/**
 * Removes what an engine that was killed left half written beside a stack's state. The state itself is renamed into its
 * place, but its attributes are written where they are, and with none of them in an empty file the engine refuses the stack
 * for ever (gocloud.dev, `blob/fileblob/attrs.go`: "failed to load checkpoint: EOF"). It does without them, also where they
 * were only about to be written.
 *
 * @param isHeld whether nobody else may change the stack: then drafts of its state are nobody's
 */
export async function mendState(
  { backend }: StateHome,
  { project, stack }: StackName,
  isHeld: boolean,
): Promise<void> {
  const folder = backendFolder(backend);
  if (folder === undefined) return;
  const stacks = join(folder, ".pulumi", "stacks", project);
  const names = (await readdir(stacks).catch(orUndefined)) ?? [];
  const own = names.filter((name) => name.startsWith(`${stack}.json`)).map((name) => join(stacks, name));
  for (const file of own) {
    const isLeft = file.endsWith(".tmp") ? isHeld : file.endsWith(".attrs") && (await isBroken(file));
    if (isLeft) await rm(file, { force: true });
  }
}

async function isBroken(attributes: string): Promise<boolean> {
  const text = await readFile(attributes, "utf8").catch(orUndefined);
  return text !== undefined && parseProperties(text) === undefined;
}
