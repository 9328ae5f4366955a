import { type Clock, CoppiceError, systemClock } from "@coppice/core";
import type { Ledger } from "./create-ledger.ts";
import { ledgerTimes, type Reservation } from "./ledger.ts";
import { fenced } from "./renew-reservation.ts";

/** A reservation that is renewed until it is let go. */
export interface KeptReservation {
  /** Aborts when it does not count any more, with the reason: the work under it must stop. */
  readonly lost: AbortSignal;
  /** Ends the renewals; the reservation itself is then settled or released. */
  stop(): void;
}

/**
 * Renews a reservation while work is done under it. A renewal that fails is tried again, until others may have what it
 * held.
 *
 * @example
 * const kept = keepReservation(ledger, reservation);
 * try {
 *   await apply({ signal: AbortSignal.any([signal, kept.lost]) });
 * } finally {
 *   kept.stop();
 * }
 */
export function keepReservation(
  ledger: Pick<Ledger, "renew">,
  reservation: Reservation,
  clock: Clock = systemClock,
): KeptReservation {
  const lost = new AbortController();
  const over = new AbortController();
  void renewals(ledger, reservation, { lost, over: over.signal, clock });
  return { lost: lost.signal, stop: () => over.abort() };
}

interface Keeping {
  readonly lost: AbortController;
  readonly over: AbortSignal;
  readonly clock: Clock;
}

async function renewals(
  ledger: Pick<Ledger, "renew">,
  reservation: Reservation,
  { lost, over, clock }: Keeping,
): Promise<void> {
  let renewed = clock.now();
  while (!over.aborted && !lost.signal.aborted) {
    // Its only failure is the end.
    await clock.sleep(ledgerTimes.renew, over).catch(() => undefined);
    if (over.aborted) return;
    const asked = clock.now();
    try {
      await ledger.renew(reservation);
      renewed = asked;
    } catch (error) {
      if (isOver(error)) lost.abort(error);
      // One renewal earlier than the ledger, since the work takes time to stop.
      else if (asked - renewed + ledgerTimes.renew >= ledgerTimes.lapse) {
        lost.abort(
          fenced(
            reservation,
            `it could not be renewed: ${error instanceof Error ? error.message : String(error)}`,
          ),
        );
      }
    }
  }
}

function isOver(error: unknown): boolean {
  return CoppiceError.is(error) && error.code === "ledger.fenced";
}
