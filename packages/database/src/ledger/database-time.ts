import { type RawBuilder, sql } from "kysely";
import { ledgerTimes } from "./ledger.ts";

/** A time of the database's clock in microseconds since the epoch, which JavaScript's own times do not hold. */
export function micros(time: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(extract(epoch from ${time}) * 1000000)::bigint`;
}

/** What the database's clock says, also within a transaction. */
export const now = sql<Date>`clock_timestamp()`;

/** When a reservation lapses that is made or renewed now. */
export const lapse = sql<Date>`${now} + ${`${ledgerTimes.lapse} milliseconds`}::interval`;
