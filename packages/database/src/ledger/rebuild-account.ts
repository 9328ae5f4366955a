import type { Database } from "../connection/database.ts";
import { now } from "./database-time.ts";
import { inAccount } from "./in-account.ts";
import type { Account, Holding } from "./ledger.ts";
import { writeHolding } from "./settle-reservation.ts";

/**
 * Makes the ledger of an account anew from what there is. What is held for operations that run stays, since nothing else
 * knows of it; what lapsed goes.
 *
 * @param holdings what its things have, from their stacks
 */
export async function rebuildAccount(
  database: Database,
  account: Account,
  holdings: readonly Holding[],
): Promise<void> {
  const { tenant, cluster } = account;
  await inAccount(database, account, async (tx) => {
    await tx
      .deleteFrom("coppice.holdings")
      .where((eb) => eb.and({ tenant, cluster }))
      .execute();
    for (const holding of holdings) await writeHolding(tx, account, holding);
    await tx
      .deleteFrom("coppice.reservations")
      .where((eb) => eb.and({ tenant, cluster, settled: false }))
      .where("ends", "<=", now)
      .execute();
  });
}
