import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { parseProperties } from "@coppice/core";
import type { Home } from "../home/open-home.ts";
import { isAlive } from "../process/is-alive.ts";
import { stateFolder } from "./state-folder.ts";

/**
 * Removes the locks of engines that were killed: those of this computer whose process is gone. Where state lies in files
 * the engine writes who it is into its lock (`backend/diy/lock.go`), and leaves the lock when it is killed.
 */
export async function clearDeadLocks(home: Home, stack: { project: string; stack: string }): Promise<void> {
  const state = stateFolder(home);
  if (state === undefined) return;
  const folder = join(state, ".pulumi", "locks", "organization", stack.project, stack.stack);
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    if (!(await isDead(file))) continue;
    // Beside each file lies one with its attributes.
    for (const each of [file, `${file}.attrs`]) await rm(each, { force: true });
  }
}

async function isDead(file: string): Promise<boolean> {
  const lock = parseProperties(await readFile(file, "utf8").catch(() => ""));
  const pid = lock?.["pid"];
  return lock?.["hostname"] === hostname() && typeof pid === "number" && !isAlive(pid);
}
