import { sql, type Transaction } from "kysely";
import type { Database } from "../connection/database.ts";
import type { Tables } from "../connection/tables.ts";
import type { Account } from "./ledger.ts";

/** The first half of the locks' numbers, which keeps those of accounts apart from all others. */
const ACCOUNTS = 720_354;

/** How long whoever has an account may be silent: a computer that was put to sleep in the midst of it holds up nobody. */
const SILENCE = "10s";

/** Does something with the ledger of one account, which nobody else reads or changes meanwhile. */
export async function inAccount<T>(
  database: Database,
  { tenant, cluster }: Account,
  work: (tx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  return await database.transaction(async (tx) => {
    // Accounts whose names hash alike only wait for each other.
    const name = JSON.stringify([tenant, cluster]);
    await sql`select
      set_config('idle_in_transaction_session_timeout', ${SILENCE}, true),
      pg_advisory_xact_lock(${ACCOUNTS}, hashtext(${name}))`.execute(tx);
    return await work(tx);
  });
}
