import { Kysely, PostgresDialect, type Transaction } from "kysely";
import { type ClientConfig, Pool, type PoolConfig, TypeOverrides } from "pg";
import { isAway } from "../errors/connection-state.ts";
import { databaseError } from "../errors/database-error.ts";
import type { Tables } from "./tables.ts";

/** The server behind a database. */
export interface DatabaseServer {
  /** The database in words, without a password. */
  readonly where: string;
  readonly connection: () => Promise<ClientConfig>;
  /** Returns when it answers; then, if connections are refused all the same, `refused` brings it back. */
  readonly ready: () => Promise<{ readonly refused?: () => Promise<void> }>;
  /** Ends our use of it. */
  readonly leave: () => Promise<void>;
}

/** So many things are done at a time by one process; the rest waits. */
const CONNECTIONS = 5;

/** PostgreSQL's number of its type `bigint`. */
const BIGINT = 20;

/** A database whose tables are up to date. Many may be open at the same time, in any number of processes. */
export class Database {
  /** The database in words, without a password. */
  readonly where: string;
  readonly #server: DatabaseServer;
  readonly #queries: Kysely<Tables>;

  /** @internal Use `openDatabase`. */
  constructor(server: DatabaseServer) {
    this.#server = server;
    this.where = server.where;
    this.#queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: () => openPool(server) }) });
  }

  /**
   * Does something as a whole or not at all.
   *
   * @example await database.transaction((tx) => tx.selectFrom("coppice.holdings").selectAll().execute());
   * @throws CoppiceError `database.full`, `database.lost`, `database.unreachable`; and whatever `work` throws
   */
  async transaction<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return await this.#orTell(() => this.#queries.transaction().execute(work));
  }

  /** Asks something that needs no transaction. */
  async ask<T>(question: (queries: Kysely<Tables>) => Promise<T>): Promise<T> {
    return await this.#orTell(() => question(this.#queries));
  }

  /** Ends every use of it; stops the embedded server, if nobody else uses it. */
  async close(): Promise<void> {
    await this.#queries.destroy();
    await this.#server.leave();
  }

  async #orTell<T>(work: () => Promise<T>): Promise<T> {
    try {
      const { refused } = await this.#server.ready();
      return await work().catch(async (error: unknown) => {
        if (!refused || !isAway(error)) throw error;
        await refused();
        // Nothing was done without a connection.
        return await work();
      });
    } catch (error) {
      throw databaseError(error, this.where);
    }
  }
}

async function openPool(server: DatabaseServer): Promise<Pool> {
  const settings: PoolConfig = { ...(await server.connection()), max: CONNECTIONS, types: wholeNumbers() };
  const pool = new Pool(settings);
  // A connection that ends is replaced when the next one is needed; whoever was using it hears of that by a query.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Amounts are whole numbers that JavaScript holds exactly; the driver would make texts of them. */
function wholeNumbers(): TypeOverrides {
  const parsers = new TypeOverrides();
  parsers.setTypeParser(BIGINT, Number);
  return parsers;
}
