import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { stableMark } from "@coppice/core";
import { orUndefined } from "../files/or-undefined.ts";
import { thisComputer } from "../lease/computer.ts";
import { isGone } from "../process/process-birth.ts";

/** No run writes nothing to its log for so long, in milliseconds. */
const DAY = 86_400_000;

/**
 * Removes the folders that runs left which were killed, since their logs would stay for ever: those of this computer at once,
 * others when they are old.
 */
export async function removeForgotten(runs: string, now: number): Promise<void> {
  const computer = stableMark([thisComputer().id]);
  for (const name of await readdir(runs)) {
    const folder = join(runs, name);
    const [, where, pid, birth] = /^(\w+)\.(\d+)\.(\d*)\./.exec(name) ?? [];
    const isKilled = where === computer && isGone(Number(pid), birth);
    if (isKilled || (await isOld(folder, now))) await rm(folder, { recursive: true, force: true });
  }
}

async function isOld(folder: string, now: number): Promise<boolean> {
  const last =
    (await stat(join(folder, "events.log")).catch(orUndefined)) ?? (await stat(folder).catch(orUndefined));
  return last !== undefined && now - last.mtimeMs > DAY;
}
