import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../connection/database.ts";
import { DatabaseLab } from "../fixtures/database-lab.ts";
import { migrate } from "./migrate.ts";
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
