import { chmod, chown, lstat, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CoppiceError } from "@coppice/core";
import type { ServerPlace } from "./server-place.ts";

/**
 * Makes the folders that a server needs before it has data.
 *
 * @param home whose server it is, told to whoever finds the folder of root's server
 * @throws CoppiceError `database.address-held` when the socket's folder is not ours alone
 */
export async function preparePlace(place: ServerPlace, home: string): Promise<void> {
  const { folder, socket, account } = place;
  await mkdir(folder, { recursive: true });
  await chmod(folder, account ? 0o711 : 0o700);
  if (account) {
    await chmod(dirname(folder), 0o755);
    await writeFile(join(folder, "home"), `${home}\n`);
  }
  await mkdir(socket, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  if (account) await chown(socket, account.uid, account.gid);
  await refuseForeign(socket, account?.uid ?? process.getuid?.());
}

async function refuseForeign(socket: string, owner: number | undefined): Promise<void> {
  const found = await lstat(socket);
  if (found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0) return;
  throw new CoppiceError("database.address-held", {
    what: `PostgreSQL's socket cannot be in ${socket}`,
    why: "that is not a folder of this account alone",
    wayOut: "Look at whose it is and remove it, or name a PostgreSQL of your own in DATABASE_URL",
  });
}
