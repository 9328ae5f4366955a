import { CoppiceError } from "@coppice/core";
import type { PoolConfig } from "pg";
import { Database } from "./connection/database.ts";
import { migrate } from "./migrations/migrate.ts";
import { EmbeddedServer } from "./server/embedded-server.ts";

/** Which database is meant. */
export interface DatabaseRequest {
  /** The user's home of Coppice, which the embedded server belongs to. */
  readonly home: string;
  /** A PostgreSQL of the user's own, as `DATABASE_URL` names it; the embedded one when absent or empty. */
  readonly url?: string | undefined;
  /** Ends the opening, and any waiting for the embedded server later on. */
  readonly signal: AbortSignal;
}

/**
 * Opens the database and brings its tables up to date. Close it at the end: the last to close the embedded one stops its
 * server.
 *
 * @example
 * const database = await openDatabase({ home, url: process.env["DATABASE_URL"], signal });
 * try {
 *   const ledger = createLedger(database);
 * } finally {
 *   await database.close();
 * }
 * @throws CoppiceError `database.*`
 */
export async function openDatabase({ home, url, signal }: DatabaseRequest): Promise<Database> {
  const database = url ? openOwn(url) : await openEmbedded(home, signal);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function openEmbedded(home: string, signal: AbortSignal): Promise<Database> {
  const server = await EmbeddedServer.open(home, signal);
  return new Database({
    where: server.where,
    connection: () => server.connection(),
    ready: async () => {
      const use = await server.ready();
      return { refused: () => server.refused(use) };
    },
    leave: () => server.leave(),
  });
}

/** How long a server of the user's own may take to answer, in milliseconds. */
const PATIENCE = 15_000;

function openOwn(url: string): Database {
  const connection: PoolConfig = { connectionString: url, connectionTimeoutMillis: PATIENCE };
  return new Database({
    where: placeOf(url),
    connection: async () => connection,
    ready: async () => ({}),
    leave: async () => undefined,
  });
}

/** Of the address, what may be told: its password may not. */
function placeOf(url: string): string {
  const { protocol, host, pathname } = URL.parse(url) ?? {};
  if (protocol === "postgres:" || protocol === "postgresql:") return `${host}${pathname}`;
  throw new CoppiceError("database.unreachable", {
    what: "The database in DATABASE_URL cannot be used",
    why: "it is no address of a PostgreSQL",
    wayOut: "Write it as postgres://user:password@host:5432/database",
  });
}
