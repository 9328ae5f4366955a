import { type Amounts, judgeQuota, type QuotaVerdict } from "@coppice/core";
import { sql, type Transaction } from "kysely";
import type { Tables } from "../connection/tables.ts";
import { heldOf, sumOf } from "./amount-columns.ts";
import { lapse, micros, now } from "./database-time.ts";
import type { RequestReading, Reservation, Reserved, ReserveRequest } from "./ledger.ts";
import { reservationColumns, reservationIn } from "./reservation-row.ts";

/** A request with what Proxmox said. */
export interface Reading extends RequestReading {
  readonly request: ReserveRequest;
  /** When the reading began, or before, in microseconds of the database's clock. */
  readonly since: number;
}

/** Room that is held or was, or is about to be. */
interface Held extends Amounts {
  readonly fence: number;
  readonly what: string;
  readonly operation: string;
  /** In microseconds. */
  readonly ends: number;
}

/** Of what was just decided: it has no number yet, and no end. */
const unwritten = { fence: Number.NaN, ends: Number.POSITIVE_INFINITY };

/** What was decided on a request. */
interface Decision {
  readonly request: ReserveRequest;
  readonly verdict: QuotaVerdict;
  readonly held: Amounts;
}

/** Decides on requests of one account, one after the other, and writes down what is held for those that fit. */
export async function reserveLot(
  tx: Transaction<Tables>,
  lot: readonly Reading[],
): Promise<readonly Reserved[]> {
  const held = await readHeld(tx, lot);
  const decisions = decide(lot, held);
  const admitted = decisions.filter(({ verdict }) => verdict.fits);
  await endFormer(
    tx,
    held.filter((each) => admitted.some(({ request }) => isSame(each, request))),
  );
  const reservations = await write(tx, admitted);
  return decisions.map((decision) => {
    const { verdict } = decision;
    const reservation = reservations.get(decision);
    return reservation ? { fits: true, verdict, reservation } : { fits: false, verdict };
  });
}

/**
 * What counts for a reading is whatever was held at its beginning or later: what was made under a reservation was made
 * before its end, so a reading that began after that has it.
 */
function decide(lot: readonly Reading[], before: readonly Held[]): readonly Decision[] {
  const all = [...before];
  return lot.map(({ request, limits, used, asked, since }) => {
    const others = all.filter((other) => other.ends > since && !isSame(other, request));
    const { tenant, what, operation } = request;
    const verdict = judgeQuota({ tenant, what, limits, used, reserved: sumOf(others), asked });
    const held = heldOf(asked);
    if (verdict.fits) all.push({ ...held, ...unwritten, what, operation });
    return { request, verdict, held };
  });
}

/** Whether it is what the same operation asked for the same thing before. */
function isSame(held: Held, { operation, what }: ReserveRequest): boolean {
  return held.operation === operation && held.what === what;
}

async function readHeld(tx: Transaction<Tables>, lot: readonly Reading[]): Promise<readonly Held[]> {
  const [first] = lot;
  if (!first) return [];
  const { tenant, cluster } = first.request;
  const since = Math.min(...lot.map((reading) => reading.since));
  return await tx
    .selectFrom("coppice.reservations")
    .select(["fence", "what", "operation", "machines", "cores", "memory", "storage"])
    .select(micros(sql`ends`).as("ends"))
    .where("tenant", "=", tenant)
    .where("cluster", "=", cluster)
    .where(micros(sql`ends`), ">", since)
    .execute();
}

/** Whoever still works under a former reservation of the same operation is stopped by the new one. */
async function endFormer(tx: Transaction<Tables>, former: readonly Held[]): Promise<void> {
  const fences = former.map(({ fence }) => fence);
  if (fences.length === 0) return;
  await tx
    .updateTable("coppice.reservations")
    .set({ ends: now })
    .where("fence", "in", fences)
    .where("ends", ">", now)
    .execute();
}

async function write(
  tx: Transaction<Tables>,
  admitted: readonly Decision[],
): Promise<ReadonlyMap<Decision, Reservation>> {
  if (admitted.length === 0) return new Map();
  const written = await tx
    .insertInto("coppice.reservations")
    .values(admitted.map(({ request, held }) => ({ ...headOf(request), ...held, ends: lapse })))
    .returning(reservationColumns)
    .returning(micros(sql`ends`).as("until"))
    .execute();
  return new Map(
    written.flatMap((row, at) => {
      const decision = admitted[at];
      return decision ? [[decision, reservationIn(row)] as const] : [];
    }),
  );
}

function headOf({ tenant, cluster, what, operation, holder }: ReserveRequest) {
  return { tenant, cluster, what, operation, holder };
}
