import { CoppiceError } from "@coppice/core";
import { sql } from "kysely";
import type { Database } from "../connection/database.ts";
import { lapse, micros, now } from "./database-time.ts";
import { inAccount } from "./in-account.ts";
import type { Reservation } from "./ledger.ts";

/**
 * Gives a sign of the holder's life.
 *
 * @throws CoppiceError `ledger.fenced` when it has lapsed or somebody took its place: what it held may be another's now
 */
export async function renewReservation(database: Database, reservation: Reservation): Promise<Reservation> {
  const renewed = await inAccount(database, reservation, (tx) =>
    tx
      .updateTable("coppice.reservations")
      .set({ ends: lapse })
      .where("fence", "=", reservation.fence)
      .where("ends", ">", now)
      .returning(micros(sql`ends`).as("until"))
      .executeTakeFirst(),
  );
  if (!renewed) throw fenced(reservation, "it was not renewed in time, or the operation was begun anew");
  return { ...reservation, ends: renewed.until / 1000 };
}

/** What is said to a holder whose reservation does not count any more. */
export function fenced({ what, tenant }: Reservation, why: string): CoppiceError {
  return new CoppiceError("ledger.fenced", {
    what: `What tenant "${tenant}" was promised for ${what} is held no longer`,
    why,
    wayOut: "Run it again: it goes on where it was stopped",
  });
}
