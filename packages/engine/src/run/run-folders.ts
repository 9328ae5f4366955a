import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { stableMark, systemClock } from "@coppice/core";
import { thisComputer } from "../lease/computer.ts";
import { processBirth } from "../process/process-birth.ts";
import { removeForgotten } from "./remove-forgotten.ts";

/** Makes a folder for one run of this process, and removes those that killed processes left. */
export async function makeRunFolder(runs: string, what: string): Promise<string> {
  await removeForgotten(runs, systemClock.now());
  const computer = stableMark([thisComputer().id]);
  const own = [computer, process.pid, processBirth(process.pid) ?? "", what].join(".");
  return await mkdtemp(join(runs, `${own}-`));
}
