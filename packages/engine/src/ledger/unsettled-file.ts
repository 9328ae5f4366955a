import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { orUndefined } from "../files/or-undefined.ts";
import type { StateHome } from "../home/state-home.ts";
import type { StackName } from "../lease/stack-place.ts";

/**
 * A file that is there as long as the ledger may say something else of a stack than the stack itself: what a run left that
 * was killed before it settled is known without PostgreSQL.
 */
export const unsettledFile = {
  async put(home: StateHome, name: StackName): Promise<void> {
    const file = place(home, name);
    await mkdir(join(file, ".."), { recursive: true, mode: 0o700 });
    await writeFile(file, "", { mode: 0o600 });
  },
  async isThere(home: StateHome, name: StackName): Promise<boolean> {
    return (await stat(place(home, name)).catch(orUndefined)) !== undefined;
  },
  async remove(home: StateHome, name: StackName): Promise<void> {
    await rm(place(home, name), { force: true });
  },
};

function place({ folder }: StateHome, { project, stack }: StackName): string {
  return join(folder, "unsettled", `${project}.${stack}`);
}
