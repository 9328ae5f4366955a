import { readdir, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseProperties } from "@coppice/core";
import type { Home } from "../home/open-home.ts";
import { isAlive } from "../process/is-alive.ts";

/**
 * Removes the locks of engines that were killed: those of this computer whose process is gone. Where state lies in files
 * the engine writes who it is into its lock (`backend/diy/lock.go`), and leaves the lock when it is killed.
 */
export async function clearDeadLocks(
  { backend }: Home,
  stack: { project: string; stack: string },
): Promise<void> {
  if (!backend.startsWith("file://")) return;
  const folder = join(folderOf(backend), ".pulumi", "locks", "organization", stack.project, stack.stack);
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    if (!(await isDead(file))) continue;
    // Beside each file lies one with its attributes.
    for (const each of [file, `${file}.attrs`]) await rm(each, { force: true });
  }
}

/** The engine also takes `file://~` and relative folders. */
function folderOf(backend: string): string {
  return URL.canParse(backend) && backend.startsWith("file:///") ? fileURLToPath(backend) : backend.slice(7);
}

async function isDead(file: string): Promise<boolean> {
  const lock = parseProperties(await readFile(file, "utf8").catch(() => ""));
  const pid = lock?.["pid"];
  return lock?.["hostname"] === hostname() && typeof pid === "number" && !isAlive(pid);
}
