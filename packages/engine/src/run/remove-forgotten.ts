import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { orUndefined } from "../files/or-undefined.ts";

/** No run writes nothing to its log for so long, in milliseconds. */
const DAY = 86_400_000;

/** Removes the folders that runs left which were killed: their logs would stay for ever. */
export async function removeForgotten(runs: string, now: number): Promise<void> {
  for (const name of await readdir(runs)) {
    const folder = join(runs, name);
    const last =
      (await stat(join(folder, "events.log")).catch(orUndefined)) ?? (await stat(folder).catch(orUndefined));
    if (last !== undefined && now - last.mtimeMs > DAY) await rm(folder, { recursive: true, force: true });
  }
}
