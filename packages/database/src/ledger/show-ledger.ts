import { sql } from "kysely";
import type { Database } from "../connection/database.ts";
import { amountsIn } from "./amount-columns.ts";
import { micros, now } from "./database-time.ts";
import { isFollowed } from "./is-followed.ts";
import type { Account, AccountEntries, Holding, Reservation } from "./ledger.ts";
import { reservationColumns, reservationIn } from "./reservation-row.ts";

/** Everything that the ledger holds, an entry for each account, in the order of their names. */
export async function showLedger(database: Database): Promise<readonly AccountEntries[]> {
  return await database.transaction(async (tx) => {
    const holdings = await tx.selectFrom("coppice.holdings").selectAll().orderBy("what").execute();
    const reservations = await tx
      .selectFrom("coppice.reservations")
      .select(reservationColumns)
      .select([micros(sql`ends`).as("until"), sql<boolean>`ends <= ${now}`.as("lapsed")])
      .where("settled", "=", false)
      .where(sql<boolean>`not ${isFollowed}`)
      .orderBy("fence")
      .execute();
    return accountsOf([...holdings, ...reservations]).map((account) => ({
      ...account,
      holdings: holdings.filter(isOf(account)).map(holdingIn),
      reservations: reservations.filter(isOf(account)).map(openIn),
    }));
  });
}

function accountsOf(rows: readonly Account[]): Account[] {
  const names = new Map(rows.map(({ tenant, cluster }) => [`${tenant} ${cluster}`, { tenant, cluster }]));
  return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
}

function isOf({ tenant, cluster }: Account): (row: Account) => boolean {
  return (row) => row.tenant === tenant && row.cluster === cluster;
}

function holdingIn(row: Parameters<typeof amountsIn>[0] & { readonly what: string }): Holding {
  return { what: row.what, amounts: amountsIn(row) };
}

function openIn(
  row: Parameters<typeof reservationIn>[0] & { readonly lapsed: boolean },
): Reservation & { readonly lapsed: boolean } {
  return { ...reservationIn(row), lapsed: row.lapsed };
}
