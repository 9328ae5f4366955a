import { createHash } from "node:crypto";
import { mkdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Account, serverAccount } from "./account.ts";

/** Where everything of an embedded server lies. */
export interface ServerPlace {
  /** Holds all but the programs. */
  readonly folder: string;
  /** Appears at once, with data and password, or not at all. */
  readonly server: string;
  readonly data: string;
  readonly password: string;
  /** The folder of the socket. */
  readonly socket: string;
  readonly log: string;
  /** Holds PostgreSQL's programs, a folder for each version. */
  readonly programs: string;
  /** Who runs it, when it is not ourselves. */
  readonly account: Account | undefined;
}

/** The server's own name for whoever uses it. */
export const serverUser = "coppice";

/** The longest path of a socket that every system takes: macOS has 104 bytes with the end, Linux 108. */
const LONGEST_SOCKET = 103;

/**
 * Where the server of a home lies. Root's homes are closed to everybody else, also to the account that runs its server, so
 * root's servers lie below `/var/lib/coppice`, each in a folder named after its home.
 */
export async function serverPlace(home: string): Promise<ServerPlace> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const account = serverAccount();
  const key = createHash("sha256")
    .update(await realpath(home))
    .digest("hex")
    .slice(0, 12);
  const folder = account ? join("/var/lib/coppice", key) : join(home, "database");
  const server = join(folder, "server");
  return {
    folder,
    server,
    data: join(server, "data"),
    password: join(server, "password"),
    socket: socketFolder(folder, key),
    log: join(folder, "log"),
    programs: account ? "/var/cache/coppice" : ownCache(),
    account,
  };
}

/** The socket's file in its folder; PostgreSQL names it after a port, although it listens on none. */
export function socketFile(folder: string): string {
  return join(folder, ".s.PGSQL.5432");
}

function socketFolder(folder: string, key: string): string {
  const near = join(folder, "socket");
  const fits = Buffer.byteLength(socketFile(near)) <= LONGEST_SOCKET;
  return fits ? near : join("/tmp", `coppice-${process.getuid?.() ?? ""}-${key}`);
}

function ownCache(): string {
  const { XDG_CACHE_HOME: cache, HOME: user } = process.env;
  return join(cache || join(user || homedir(), ".cache"), "coppice");
}
