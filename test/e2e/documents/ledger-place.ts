import { createHash } from "node:crypto";
import { readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";

/** Where the embedded PostgreSQL of a home lies: of root, below `/var/lib`, where nobody would remove it with the home. */
export async function ledgerPlace(home: string): Promise<string> {
  if (process.getuid?.() !== 0) return join(home, "database");
  const key = createHash("sha256")
    .update(await realpath(home))
    .digest("hex")
    .slice(0, 12);
  return join("/var/lib/coppice", key);
}

/** The process of that PostgreSQL; undefined where none runs. */
export async function ledgerServer(home: string): Promise<number | undefined> {
  const file = join(await ledgerPlace(home), "server", "data", "postmaster.pid");
  const pid = Number((await readFile(file, "utf8").catch(() => "")).split("\n")[0]);
  return pid > 0 ? pid : undefined;
}

/** Ends that PostgreSQL where a kill left it, and removes all of it. */
export async function removeLedger(home: string): Promise<void> {
  const place = await ledgerPlace(home).catch(() => undefined);
  if (place === undefined) return;
  const pid = await ledgerServer(home);
  try {
    if (pid !== undefined) process.kill(pid, "SIGKILL");
  } catch {
    // It had ended.
  }
  await rm(place, { recursive: true, force: true, maxRetries: 5 });
}
