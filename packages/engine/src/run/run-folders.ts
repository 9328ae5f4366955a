import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { stableMark, systemClock } from "@coppice/core";
import { thisComputer } from "../lease/computer.ts";
import { isGone, processBirth } from "../process/process-birth.ts";
import { removeForgotten } from "./remove-forgotten.ts";

/**
 * Makes a folder for one run of this process, and removes those that killed processes left: of this computer at once, of
 * others when they are old.
 */
export async function makeRunFolder(runs: string, what: string): Promise<string> {
  await removeForgotten(runs, systemClock.now());
  const computer = stableMark([thisComputer().id]);
  for (const name of await readdir(runs)) {
    const [, where, pid, birth] = /^(\w+)\.(\d+)\.(\d*)\./.exec(name) ?? [];
    const isOurs = where === computer && isGone(Number(pid), birth);
    if (isOurs) await rm(join(runs, name), { recursive: true, force: true });
  }
  const own = [computer, process.pid, processBirth(process.pid) ?? "", what].join(".");
  return await mkdtemp(join(runs, `${own}-`));
}
