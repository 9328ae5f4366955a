import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../connection/database.ts";
import { DatabaseLab } from "../fixtures/database-lab.ts";
import { migrate, migrationLock } from "./migrate.ts";
import { migrations } from "./migrations.ts";

let lab: DatabaseLab;
let database: Database;
beforeAll(async () => {
  lab = await DatabaseLab.make();
  database = await lab.open();
});
afterAll(() => lab.remove());

const more = (text: string) => [...migrations, { name: "later", sql: text }];
const numbers = async () => {
  const rows = await database.ask((ask) => ask.selectFrom("coppice.migrations").select("number").execute());
  return rows.map(({ number }) => number);
};

test("a step that fails leaves the tables as they were", async () => {
  await expect(migrate(database, more("create table coppice.later (a int); select 1/0"))).rejects.toThrow(
    "zero",
  );
  const found = database.ask((ask) => sql`select to_regclass('coppice.later') as there`.execute(ask));
  expect((await found).rows).toEqual([{ there: null }]);
  expect(await numbers()).toEqual([1]);
});

test("who waited for another that made the tables finds them made, though he looked before and found none", async () => {
  const both = [await lab.open(), await lab.open()];
  await database.ask((ask) => sql`drop schema coppice cascade`.execute(ask));
  const waiting = sql<{ count: number }>`
    select count(*)::int from pg_locks where locktype = 'advisory' and objid = ${migrationLock} and not granted`;
  let done: Promise<unknown> = Promise.resolve();
  await database.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx);
    done = Promise.all(both.map((each) => migrate(each)));
    while ((await waiting.execute(tx)).rows[0]?.count !== both.length);
  });
  await done;
  expect(await numbers()).toEqual([1]);
});

test("of many that bring the tables up to date at once one does, and a version that knows less is refused", async () => {
  const url = await lab.url();
  const others = await Promise.all([lab.open(url), lab.open(url), lab.open()]);
  await Promise.all(others.map((other) => migrate(other, more("create table coppice.later (a int)"))));
  expect(await numbers()).toEqual([1, 2]);
  for (const opening of [lab.open(url), lab.open()]) {
    await expect(opening).rejects.toMatchObject({ code: "database.newer-schema" });
  }
  expect(await numbers()).toEqual([1, 2]);
});
