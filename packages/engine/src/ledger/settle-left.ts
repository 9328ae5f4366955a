import type { Ledger } from "@coppice/database";
import { demandOfRecorded } from "../demand/recorded-demand.ts";
import type { StackRecord } from "../stack/read-stack.ts";
import type { StackOperation } from "./stack-operation.ts";
import { whatOf } from "./what-of.ts";

/**
 * Settles what former runs of a stack were promised, and were killed in, with what the stack has. For whoever has the stack:
 * nobody works under these reservations any more.
 */
export async function settleLeft(
  ledger: Pick<Ledger, "show" | "settle">,
  { tenant, cluster, operation }: StackOperation,
  record: Pick<StackRecord, "documents">,
): Promise<void> {
  const accounts = await ledger.show();
  const own = accounts.filter((each) => each.tenant === tenant && each.cluster === cluster);
  const left = own.flatMap(({ reservations }) => reservations.filter((each) => each.operation === operation));
  for (const reservation of left) {
    const document = record.documents.find((each) => whatOf(each) === reservation.what);
    await ledger.settle(reservation, demandOfRecorded(record, document ?? NOTHING));
  }
}

/** What has nothing. */
const NOTHING = { kind: "", name: "" };
