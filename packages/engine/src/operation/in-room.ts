import type { Amounts } from "@coppice/core";
import type { Ledger, Reservation } from "@coppice/database";
import type { ChangeVerdict } from "../changes/change-verdict.ts";
import { type Description, documentKey } from "../documents/description.ts";
import { type AskedRoom, type RoomsReserved, reserveRooms } from "../ledger/reserve-rooms.ts";
import { settleLeft } from "../ledger/settle-left.ts";
import { stackOperation } from "../ledger/stack-operation.ts";
import { unsettledFile } from "../ledger/unsettled-file.ts";
import { type ReservedResult, whileReserved } from "../ledger/while-reserved.ts";
import type { RunTalk } from "../run/run-parts.ts";
import { readStack } from "../stack/read-stack.ts";
import type { DocumentsOrder, OperationParts } from "./operation-parts.ts";
import { readRoom } from "./read-room.ts";
import type { StackPlan } from "./stack-plan.ts";
import { withEnd } from "./with-end.ts";

/** What is done with documents of one stack. */
export interface RoomWork {
  readonly plan: StackPlan;
  readonly order: DocumentsOrder;
  /** By `documentKey`, what each comes to at most while it is worked on; of one that is not in it nothing is reserved. */
  readonly peaks: Readonly<Record<string, Amounts>>;
  /** What is to go asks nobody for room. */
  readonly isRemoval?: boolean;
}

/**
 * Works on documents while the room that they ask for is held for them in their tenant's ledger: reserves, works, and settles
 * with what the stack has then. What does not fit is refused, and the others go on. Documents without a tenant ask nobody.
 *
 * @throws CoppiceError `database.*`, `ledger.fenced`
 */
export async function inRoom(
  parts: OperationParts,
  work: RoomWork,
  talk: RunTalk,
  run: (given: readonly Description[], talk: RunTalk) => Promise<ChangeVerdict>,
): Promise<ChangeVerdict> {
  const { plan, order } = work;
  const own = await stackOperation(parts.home, plan, order.who);
  if (own === undefined) return await run(plan.given, talk);
  const { home } = parts;
  const ledger = await parts.ledger.ledger();
  await unsettledFile.put(home, plan);
  await settleLeft(ledger, own, { documents: plan.recorded });
  const reserved = await reserveRooms(ledger, own, askedRooms(parts, work, talk.signal));
  const { result, ...ended } = await inHeldRoom(parts, { ledger, plan, reserved, run }, talk);
  if (ended.untold === undefined) await unsettledFile.remove(home, plan);
  return withRefused(withEnd(result, ended), reserved);
}

interface HeldWork {
  readonly ledger: Ledger;
  readonly plan: StackPlan;
  readonly reserved: RoomsReserved;
  run(given: readonly Description[], talk: RunTalk): Promise<ChangeVerdict>;
}

async function inHeldRoom(
  parts: OperationParts,
  { ledger, plan, reserved: { held }, run }: HeldWork,
  talk: RunTalk,
): Promise<ReservedResult<ChangeVerdict>> {
  if (held.length === 0) return { result: { documents: [], refusals: [], warnings: [] } };
  const { keepReservation } = await import("@coppice/database");
  const given = held.map(({ document }) => document);
  const work = {
    held,
    keep: (reservation: Reservation) => keepReservation(ledger, reservation),
    after: async () => await readStack(parts, plan),
    run: async (own: RunTalk) => await run(given, own),
  };
  return await whileReserved(ledger, work, talk);
}

function askedRooms(
  parts: OperationParts,
  { plan, peaks, isRemoval = false }: RoomWork,
  signal: AbortSignal,
): AskedRoom[] {
  return plan.given.map((document) => {
    const question = { plan, document, peak: peaks[documentKey(document)], isRemoval };
    return { document, read: async () => await readRoom(parts, question, signal) };
  });
}

function withRefused(made: ChangeVerdict, { refused }: RoomsReserved): ChangeVerdict {
  return { ...made, documents: [...made.documents, ...refused] };
}
