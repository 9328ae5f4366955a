import { CoppiceError } from "@coppice/core";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "../connection/database.ts";
import type { Tables } from "../connection/tables.ts";
import { type Migration, migrations } from "./migrations.ts";

/** The lock under which tables change. Any number, the same for ever. */
export const migrationLock = 7_203_542;

/**
 * Brings the tables up to date: what is missing is done as a whole or not at all, by one process at a time.
 *
 * @param known the migrations that this version knows
 * @throws CoppiceError `database.newer-schema` when a newer version has changed them: there is no way back
 */
export async function migrate(database: Database, known: readonly Migration[] = migrations): Promise<void> {
  const applied = await database.ask(appliedBefore);
  refuseNewer(applied, known.length, database.where);
  if (applied === known.length) return;
  await database.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx);
    // A session remembers which names were not there, and looks again only when it locks a table (PostgreSQL's inval.c).
    await sql`lock table pg_catalog.pg_namespace in access share mode`.execute(tx);
    const before = await appliedBefore(tx);
    refuseNewer(before, known.length, database.where);
    if (before === 0) await makeHistory(tx);
    for (const [index, migration] of known.entries()) {
      if (index >= before) await apply(tx, index + 1, migration);
    }
  });
}

/** How many were applied; looked up first, since asking a table that is not there ends a transaction. */
async function appliedBefore(queries: Kysely<Tables>): Promise<number> {
  const there = await sql<{ there: boolean }>`
    select to_regclass('coppice.migrations') is not null as there`.execute(queries);
  if (!there.rows[0]?.there) return 0;
  const newest = queries.selectFrom("coppice.migrations").select(({ fn }) => fn.max("number").as("number"));
  return (await newest.executeTakeFirst())?.number ?? 0;
}

function refuseNewer(applied: number, known: number, where: string): void {
  if (applied <= known) return;
  throw new CoppiceError("database.newer-schema", {
    what: `The database in ${where} cannot be used`,
    why: `a newer version of Coppice has changed its tables to version ${applied}, and this one knows ${known}`,
    wayOut: "Update Coppice",
  });
}

async function makeHistory(tx: Transaction<Tables>): Promise<void> {
  await sql`create schema if not exists coppice`.execute(tx);
  await sql`create table if not exists coppice.migrations (
    number integer primary key, name text not null, applied timestamptz not null default clock_timestamp()
  )`.execute(tx);
}

async function apply(tx: Transaction<Tables>, number: number, migration: Migration): Promise<void> {
  await sql.raw(migration.sql).execute(tx);
  await tx.insertInto("coppice.migrations").values({ number, name: migration.name }).execute();
}
