import { type Amounts, CoppiceError } from "@coppice/core";
import { sql, type Transaction } from "kysely";
import type { Database } from "../connection/database.ts";
import type { Tables } from "../connection/tables.ts";
import { isNothing } from "./amount-columns.ts";
import { now } from "./database-time.ts";
import { inAccount } from "./in-account.ts";
import { isFollowed } from "./is-followed.ts";
import type { Account, Holding, Reservation } from "./ledger.ts";
import { fenced } from "./renew-reservation.ts";

/**
 * Ends a reservation with what its thing has now, in all. Also after it lapsed, since that is what there is; and again,
 * since whoever settled may not have heard of it.
 *
 * @throws CoppiceError `ledger.fenced` when the operation was begun anew, `ledger.unknown-reservation`
 */
export async function settleReservation(
  database: Database,
  reservation: Reservation,
  amounts: Amounts,
): Promise<void> {
  await inAccount(database, reservation, async (tx) => {
    await refuseFenced(tx, reservation);
    const ended = await tx
      .updateTable("coppice.reservations")
      .set({ settled: true, ends: sql`least(ends, ${now})` })
      .where("fence", "=", reservation.fence)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) throw unknown(reservation);
    await writeHolding(tx, reservation, { what: reservation.what, amounts });
    await forgetOld(tx, reservation);
  });
}

/** Writes what a thing has; nothing is written of what has nothing. */
export async function writeHolding(
  tx: Transaction<Tables>,
  { tenant, cluster }: Account,
  { what, amounts }: Holding,
): Promise<void> {
  await tx
    .deleteFrom("coppice.holdings")
    .where((eb) => eb.and({ tenant, cluster, what }))
    .execute();
  if (isNothing(amounts)) return;
  await tx
    .insertInto("coppice.holdings")
    .values({ tenant, cluster, what, ...amounts })
    .execute();
}

async function refuseFenced(tx: Transaction<Tables>, reservation: Reservation): Promise<void> {
  const { tenant, cluster, operation, what, fence } = reservation;
  const later = await tx
    .selectFrom("coppice.reservations")
    .select("holder")
    .where((eb) => eb.and({ tenant, cluster, operation, what }))
    .where("fence", ">", fence)
    .executeTakeFirst();
  if (later) throw fenced(reservation, `${later.holder} goes on with the operation`);
}

/** What ended a day ago concerns no reading of today. What nobody has settled stays for whoever settles what is left. */
async function forgetOld(tx: Transaction<Tables>, { tenant, cluster }: Account): Promise<void> {
  await tx
    .deleteFrom("coppice.reservations")
    .where((eb) => eb.and({ tenant, cluster }))
    .where("ends", "<", sql<Date>`${now} - interval '1 day'`)
    .where(sql<boolean>`(settled or ${isFollowed})`)
    .execute();
}

function unknown({ fence, what, tenant }: Reservation): CoppiceError {
  return new CoppiceError("ledger.unknown-reservation", {
    what: `The ledger has no reservation ${fence} of tenant "${tenant}" for ${what}`,
    why: "it was released, or ended more than a day ago",
    wayOut: "Have the ledger made anew from the stacks: `coppice ledger rebuild`",
  });
}
