import { CoppiceError } from "@coppice/core";
import type { KeptReservation, Ledger } from "@coppice/database";
import { demandOfRecorded } from "../demand/recorded-demand.ts";
import type { RunTalk } from "../run/run-parts.ts";
import type { StackRecord } from "../stack/read-stack.ts";
import type { HeldRoom } from "./reserve-rooms.ts";

/** What a run under reservations works with. */
export interface ReservedWork<T> {
  readonly held: readonly HeldRoom[];
  /** Keeps a reservation alive, see `keepReservation`. */
  keep(reservation: HeldRoom["reservation"]): KeptReservation;
  /** Reads what the stack has afterwards. */
  after(): Promise<Pick<StackRecord, "documents">>;
  /** Stops when a reservation does not count any more. */
  run(talk: RunTalk): Promise<T>;
}

/** What a run came to. */
export interface ReservedResult<T> {
  readonly result: T;
  /** Why the ledger was not told what there is now. The next run of the stack tells it. */
  readonly untold?: string;
  /** Why the run was asked to stop: a reservation did not count any more. It may have been done all the same. */
  readonly lost?: CoppiceError;
}

/**
 * Runs while room is held, and settles with what the stack has then, however the run ended. How it ended stands, whatever
 * becomes of the settling.
 *
 * @throws CoppiceError `ledger.fenced` where a reservation was lost meanwhile, and the run broke off
 */
export async function whileReserved<T>(
  ledger: Pick<Ledger, "settle">,
  { held, keep, after, run }: ReservedWork<T>,
  talk: RunTalk,
): Promise<ReservedResult<T>> {
  const kept = held.map(({ reservation }) => keep(reservation));
  const lost = AbortSignal.any(kept.map((each) => each.lost));
  const settled = async (): Promise<string | undefined> => {
    for (const each of kept) each.stop();
    return await settle(ledger, held, after);
  };
  const result = await run({ ...talk, signal: AbortSignal.any([talk.signal, lost]) }).catch(
    async (error: unknown) => {
      const why: unknown = lost.aborted ? lost.reason : error;
      // What the ledger is not told now, the next run of the stack tells it.
      await settled();
      throw why;
    },
  );
  // What is lost from here on stopped nothing.
  const why = lost.aborted ? CoppiceError.of(lost.reason) : undefined;
  const untold = await settled();
  return { result, ...(untold !== undefined && { untold }), ...(why && { lost: why }) };
}

/** @returns why it could not be told */
async function settle(
  ledger: Pick<Ledger, "settle">,
  held: readonly HeldRoom[],
  after: ReservedWork<unknown>["after"],
): Promise<string | undefined> {
  try {
    const record = await after();
    for (const { document, reservation } of held) {
      await ledger.settle(reservation, demandOfRecorded(record, document));
    }
    return undefined;
  } catch (error) {
    // Also what nobody thought of, such as a state that cannot be read: it is told beside what the run came to.
    return error instanceof Error ? error.message : String(error);
  }
}
