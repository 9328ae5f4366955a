import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

/** Where the embedded PostgreSQL of a home lies: of root, below `/var/lib`, where nobody would remove it with the home. */
export function ledgerPlace(home: string): string {
  if (process.getuid?.() !== 0) return join(home, "database");
  const key = createHash("sha256").update(realpathSync(home)).digest("hex").slice(0, 12);
  return join("/var/lib/coppice", key);
}

/** kill -9 of that PostgreSQL, where it runs. */
export function killLedgerServer(home: string): void {
  try {
    const file = join(ledgerPlace(home), "server", "data", "postmaster.pid");
    const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
    if (pid > 0) process.kill(pid, "SIGKILL");
  } catch {
    // It has never been started, or has ended.
  }
}

/** Removes all of it. */
export async function removeLedger(home: string): Promise<void> {
  killLedgerServer(home);
  const place = placeOf(home);
  if (place !== undefined) await rm(place, { recursive: true, force: true, maxRetries: 5 });
}

function placeOf(home: string): string | undefined {
  try {
    return ledgerPlace(home);
  } catch {
    return undefined;
  }
}
