import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "@coppice/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentsLab } from "./documents-lab.ts";
import { ledgerPlace, removeLedger } from "./ledger-place.ts";
import { ledgerOf, limitTenant, startTenantLab, tenantClass } from "./tenant-lab.ts";

/** Two people with a home and a state each, who share a database. */
describe("two homes with one ledger", { timeout: 120_000 }, () => {
  let database: Database;
  let shared: string;
  let ada: DocumentsLab;
  let grace: DocumentsLab;
  beforeAll(async () => {
    shared = await mkdtemp(join(tmpdir(), "coppice-shared-"));
    database = await openDatabase({ home: shared, signal: new AbortController().signal });
    const place = ledgerPlace(shared);
    const password = await readFile(join(place, "server", "password"), "utf8");
    const url = `postgres://coppice:${password}@${encodeURIComponent(join(place, "socket"))}/postgres`;
    ada = await startTenantLab({ machines: 3 }, { DATABASE_URL: url });
    grace = await ada.inOtherHome();
    await ada.write("adas.yaml", tenantClass("adas", 2, { vmids: { from: 20_000, to: 20_099 } }));
    await ada.write("graces.yaml", tenantClass("graces", 2, { vmids: { from: 20_100, to: 20_199 } }));
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await ada.remove();
    await removeLedger(shared);
    await rm(shared, { recursive: true, force: true });
  });

  test("at once: exactly one is made, and the other is refused by the same sentence", async () => {
    const both = await Promise.all([
      ada.run("up", "adas.yaml", "--yes"),
      grace.run("up", "graces.yaml", "--yes"),
    ]);
    expect(new Set(both.map(({ code }) => code))).toEqual(new Set([0, 2]));
    const refused = both.find(({ code }) => code === 2)?.out ?? "";
    expect(refused).toMatch(
      /The limits of tenant "acme" leave no room for class "(?:adas|graces)": machines: 2 asked for, .*\[quota\.exceeded\]/,
    );
    expect(await ada.machines()).toHaveLength(2);
    expect(await ledgerOf(ada)).toEqual(await ledgerOf(grace));
    expect(await ledgerOf(ada)).toMatchObject([
      { holdings: [{ amounts: { machines: 2 } }], reservations: [] },
    ]);
  });

  test("with room for both: both are made", async () => {
    await limitTenant(ada, { machines: 4 });
    const both = await Promise.all([
      ada.run("up", "adas.yaml", "--yes"),
      grace.run("up", "graces.yaml", "--yes"),
    ]);
    expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(await ada.machines()).toHaveLength(4);
    expect(await ledgerOf(ada)).toMatchObject([
      { holdings: [{ what: 'class "adas"' }, { what: 'class "graces"' }], reservations: [] },
    ]);
  });
});
