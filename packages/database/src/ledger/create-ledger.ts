import type { Amounts } from "@coppice/core";
import type { Database } from "../connection/database.ts";
import { micros, now } from "./database-time.ts";
import { Gathering } from "./gathering.ts";
import { inAccount } from "./in-account.ts";
import type { Account, AccountEntries, Holding, Reservation, Reserved, ReserveRequest } from "./ledger.ts";
import { rebuildAccount } from "./rebuild-account.ts";
import { renewReservation } from "./renew-reservation.ts";
import { type Reading, reserveLot } from "./reserve-lot.ts";
import { settleReservation } from "./settle-reservation.ts";
import { showLedger } from "./show-ledger.ts";

/** What tenants were promised and have, wherever runs share it. */
export interface Ledger {
  /**
   * Holds what is asked for, if it fits. Never more is held than the limits allow, however many ask at once. Keep it with
   * `keepReservation`; end it with `settle`, or with `release` when nothing was made.
   */
  reserve(request: ReserveRequest): Promise<Reserved>;
  /** Gives a sign of life; `ledger.fenced` when that comes too late. */
  renew(reservation: Reservation): Promise<Reservation>;
  /** Ends it with what its thing has now, in all. */
  settle(reservation: Reservation, amounts: Amounts): Promise<void>;
  /** Ends it when nothing was made. */
  release(reservation: Reservation): Promise<void>;
  /** Everything that it holds. */
  show(): Promise<readonly AccountEntries[]>;
  /** Makes one account anew from what there is; what is held for operations that run stays. */
  rebuild(account: Account, holdings: readonly Holding[]): Promise<void>;
}

/**
 * The ledger in a database.
 *
 * @example
 * const ledger = createLedger(database);
 * const reserved = await ledger.reserve({ tenant, cluster, what, operation, holder, read });
 * if (!reserved.fits) throw quotaRefusal(reserved.verdict);
 */
export function createLedger(database: Database): Ledger {
  const moments = new Gathering<void, number>((lot) => momentsOf(database, lot.length));
  const accounts = new Map<string, Gathering<Reading, Reserved>>();
  const gatheringOf = ({ tenant, cluster }: Account): Gathering<Reading, Reserved> => {
    const key = JSON.stringify([tenant, cluster]);
    const lots = accounts.get(key) ?? lotsOf(database, { tenant, cluster });
    accounts.set(key, lots);
    return lots;
  };
  return {
    reserve: async (request) => {
      const since = await moments.ask();
      const reading = await request.read();
      return await gatheringOf(request).ask({ ...reading, request, since });
    },
    renew: (reservation) => renewReservation(database, reservation),
    settle: (reservation, amounts) => settleReservation(database, reservation, amounts),
    release: (reservation) => releaseReservation(database, reservation),
    show: () => showLedger(database),
    rebuild: (account, holdings) => rebuildAccount(database, account, holdings),
  };
}

function lotsOf(database: Database, account: Account): Gathering<Reading, Reserved> {
  return new Gathering((lot) => inAccount(database, account, (tx) => reserveLot(tx, lot)));
}

async function momentsOf(database: Database, count: number): Promise<readonly number[]> {
  const { moment } = await database.ask((queries) =>
    queries.selectNoFrom(micros(now).as("moment")).executeTakeFirstOrThrow(),
  );
  return Array.from({ length: count }, () => moment);
}

async function releaseReservation(database: Database, reservation: Reservation): Promise<void> {
  await inAccount(database, reservation, (tx) =>
    tx.deleteFrom("coppice.reservations").where("fence", "=", reservation.fence).execute(),
  );
}
