import { randomBytes } from "node:crypto";
import { chmod, chown, lchown, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Account, namedAccount } from "./account.ts";
import { runInitdb } from "./run-initdb.ts";
import type { ServerPlace } from "./server-place.ts";

/** A draft older than this is of a process that was killed; making one takes a second. */
const OLDEST_DRAFT = 10 * 60_000;

/**
 * Makes data and password of a new server, under a name of its own, and gives them their place in one step: of two that
 * do it at once the first wins, and one that is killed leaves a draft that the next clears away.
 */
export async function makeData(place: ServerPlace, bin: string, signal: AbortSignal): Promise<void> {
  await clearDrafts(place.folder);
  const draft = join(place.folder, `draft-${randomBytes(6).toString("hex")}`);
  const [data, password] = [join(draft, "data"), join(draft, "password")];
  const maker = place.account && namedAccount();
  try {
    await mkdir(draft);
    await chmod(draft, place.account ? 0o711 : 0o700);
    await mkdir(data, { mode: 0o700 });
    await writeFile(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
    if (maker) for (const path of [data, password]) await chown(path, maker.uid, maker.gid);
    await runInitdb({ bin, data, password, account: maker, signal });
    if (place.account) await handOver(data, place.account);
    if (maker) await chown(password, 0, 0);
    await rename(draft, place.server).catch(orIfAnotherWasFirst);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** A folder that holds something is never replaced by a rename. */
function orIfAnotherWasFirst(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
}

async function handOver(folder: string, { uid, gid }: Account): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  await Promise.all(["", ...entries].map((entry) => lchown(join(folder, entry), uid, gid)));
}

async function clearDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith("draft-")) continue;
    const made = await stat(join(folder, name)).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > OLDEST_DRAFT) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}
