import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { CoppiceError } from "@coppice/core";
import { Client, type ClientConfig } from "pg";
import { isAway, isBusy } from "../errors/connection-state.ts";
import { databaseError } from "../errors/database-error.ts";
import { noStart } from "./no-start.ts";
import { readServerFile, serverState } from "./server-file.ts";
import { type ServerPlace, serverUser, socketFile } from "./server-place.ts";
import { ServerStart } from "./server-start.ts";

/** The lock in the server that everybody who uses it shares, so that the last to leave knows. Any number, the same for ever. */
export const usersLock = 7_203_541;

/** Between two looks at a server that is on its way, in milliseconds. */
const LOOK = 10;

/** How long a server may take to answer, in milliseconds: after a power cut it first reads its log of changes. */
const PATIENCE = 60_000;

/** How long something may hold the socket that is no server on this data, in milliseconds: one that stops does for a moment. */
const GRACE = 3_000;

/**
 * Joins the users of the server at that place, and starts it where it does not run. Whoever starts it at the same moment
 * ends in the same server: PostgreSQL itself lets one alone onto its data. The server counts its users by their
 * connections, which end with their processes however these end.
 *
 * @returns the connection that says that we use it
 */
export async function joinServer(place: ServerPlace, signal: AbortSignal): Promise<Client> {
  const start = new ServerStart(place, signal);
  const since = Date.now();
  try {
    for (;;) {
      signal.throwIfAborted();
      const joined = await tryToJoin(place);
      if (joined instanceof Client) return joined;
      if (joined === "away") await start.further();
      else if (Date.now() - since > GRACE) await refuseForeign(place);
      if (Date.now() - since > PATIENCE) throw noAnswer(place);
      await pause(LOOK, undefined, { signal });
    }
  } catch (error) {
    start.giveUp();
    throw error;
  }
}

/** How the server of that place is connected to; undefined before it was made. */
export async function connectionTo(place: ServerPlace): Promise<ClientConfig | undefined> {
  const password = await readFile(place.password, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  return password
    ? { host: place.socket, port: 5432, user: serverUser, database: "postgres", password }
    : undefined;
}

async function tryToJoin(place: ServerPlace): Promise<Client | "away" | "busy"> {
  const connection = await connectionTo(place);
  if (!connection) return "away";
  const client = new Client({ ...connection, connectionTimeoutMillis: GRACE });
  // What concerns a connection in use comes back from its queries, and its end is awaited by others.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select pg_advisory_lock_shared($1)", [usersLock]);
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    if (isAway(error)) return "away";
    if (isBusy(error)) return "busy";
    throw databaseError(error, place.data);
  }
}

async function refuseForeign(place: ServerPlace): Promise<void> {
  const found = await readServerFile(place);
  if (found && serverState(found) === "running") return;
  throw new CoppiceError("database.address-held", {
    what: `The PostgreSQL in ${place.data} cannot be reached`,
    why: `something else listens at ${socketFile(place.socket)}`,
    wayOut: "End what listens there, or name a PostgreSQL of your own in DATABASE_URL",
  });
}

function noAnswer(place: ServerPlace): CoppiceError {
  return noStart(place.data, `it does not answer after ${PATIENCE / 1000} s`, place.log);
}
