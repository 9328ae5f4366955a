import { classSubject, type QuotaVerdict, quotaRefusal } from "@coppice/core";
import type { Ledger, Reservation, ReserveRequest } from "@coppice/database";
import type { DocumentVerdict } from "../changes/change-verdict.ts";
import { untouched } from "../changes/untouched.ts";
import type { Description } from "../documents/description.ts";
import type { StackOperation } from "./stack-operation.ts";

/** A document, and what it asks for beyond what it has, as it is read for the ledger. */
export interface AskedRoom extends Pick<ReserveRequest, "read"> {
  readonly document: Description;
}

/** A document, and the room that is held for it. */
export interface HeldRoom {
  readonly document: Description;
  readonly reservation: Reservation;
}

/** What was decided. */
export interface RoomsReserved {
  readonly held: readonly HeldRoom[];
  /** What does not fit; nothing is made of it. */
  readonly refused: readonly DocumentVerdict[];
}

/**
 * Reserves room for documents, one after another, so that the first ones have it where not all fit. Where that breaks off,
 * nothing is held.
 */
export async function reserveRooms(
  ledger: Pick<Ledger, "reserve" | "release">,
  own: StackOperation,
  rooms: readonly AskedRoom[],
): Promise<RoomsReserved> {
  const held: HeldRoom[] = [];
  const refused: DocumentVerdict[] = [];
  try {
    for (const { document, read } of rooms) {
      const reserved = await ledger.reserve({ ...own, what: classSubject(document.name), read });
      if (reserved.fits) held.push({ document, reservation: reserved.reservation });
      else refused.push(refusedRoom(document, reserved.verdict));
    }
  } catch (error) {
    // What cannot be released lapses by itself: the error says why.
    await Promise.allSettled(held.map(({ reservation }) => ledger.release(reservation)));
    throw error;
  }
  return { held, refused };
}

function refusedRoom(document: Description, verdict: QuotaVerdict): DocumentVerdict {
  const { message, code } = quotaRefusal(verdict);
  return { ...untouched(document, "refused"), refusals: [{ message, code }] };
}
