import type { Amounts, Limits, QuotaVerdict } from "@coppice/core";

/** A tenant on a cluster: what limits are set for. */
export interface Account {
  readonly tenant: string;
  readonly cluster: string;
}

/** Who asks for what. */
export interface ReserveRequest extends Account {
  /** What asks, as a sentence has it: `class "networks-101"`. The same for the same thing, always. */
  readonly what: string;
  /** The operation that it is asked for. Asked again for the same operation, the former reservation ends. */
  readonly operation: string;
  /** Who carries the operation out, for people: `ada on laptop (process 4711)`. */
  readonly holder: string;
  /**
   * Reads limits, use and what is missing from Proxmox. Called by the ledger, since what an operation reserved counts until a reading that
   * began after its end.
   */
  readonly read: () => Promise<RequestReading>;
}

/** What Proxmox says of a request. */
export interface RequestReading {
  readonly limits: Limits;
  readonly used: Amounts;
  /** What is asked for beyond what there is of the thing; below zero where it gives something back. */
  readonly asked: Amounts;
}

/** Room that is held for an operation, as long as it is renewed. Plain values. */
export interface Reservation extends Account {
  /** Its number. It rises with each reservation, so that a former holder is known. */
  readonly fence: number;
  readonly what: string;
  readonly operation: string;
  readonly holder: string;
  readonly amounts: Amounts;
  /** When it lapses unless it is renewed, in milliseconds since the epoch, by the database's clock. */
  readonly ends: number;
}

/** What came of a request. */
export type Reserved =
  | { readonly fits: true; readonly verdict: QuotaVerdict; readonly reservation: Reservation }
  | { readonly fits: false; readonly verdict: QuotaVerdict };

/** What a thing of a tenant has. */
export interface Holding {
  readonly what: string;
  readonly amounts: Amounts;
}

/** The ledger of one account, as people look at it. */
export interface AccountEntries extends Account {
  /** What its things have, as of their last settled operation. */
  readonly holdings: readonly Holding[];
  /**
   * What is held for operations; `lapsed` is what nobody settled or released, and does not count any more. Of an operation
   * that was begun anew, the last.
   */
  readonly reservations: readonly (Reservation & { readonly lapsed: boolean })[];
}

/** How long reservations live, in milliseconds. */
export const ledgerTimes = {
  /** Between two signs of a holder's life. */
  renew: 5_000,
  /** Without a sign of life for so long, a reservation lapses. */
  lapse: 30_000,
} as const;
