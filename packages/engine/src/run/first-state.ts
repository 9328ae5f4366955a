import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeFirst } from "../files/write-first.ts";
import { backendFolder } from "../home/backend-folder.ts";
import type { StateHome } from "../home/state-home.ts";
import type { StackName } from "../lease/stack-place.ts";

/**
 * Writes the state of a stack that has none as `pulumi stack init` does, which would be two more starts of the engine.
 * Only where state lies in files: elsewhere the engine says that there is no such stack, and is asked to make it.
 */
export async function writeFirstState({ backend }: StateHome, stack: StackName): Promise<void> {
  const folder = backendFolder(backend);
  if (folder === undefined) return;
  const stacks = join(folder, ".pulumi", "stacks", stack.project);
  const file = join(stacks, `${stack.stack}.json`);
  // The second is what it is called where it is compressed.
  if ((await isThere(file)) || (await isThere(`${file}.gz`))) return;
  await mkdir(stacks, { recursive: true });
  // Whole or not at all: the engine refuses an empty one for ever, and may have written more by now.
  await writeFirst(join(folder, ".pulumi", "meta.yaml"), "version: 1\n");
  const name = `organization/${stack.project}/${stack.stack}`;
  await writeFirst(file, JSON.stringify({ version: 3, checkpoint: { stack: name, latest: null } }));
}

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
