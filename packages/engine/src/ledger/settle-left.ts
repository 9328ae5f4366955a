import { CoppiceError, classSubject } from "@coppice/core";
import type { AccountEntries, Ledger } from "@coppice/database";
import { demandOfRecorded } from "../demand/recorded-demand.ts";
import type { StackRecord } from "../stack/read-stack.ts";
import { isOfStack, type StackOperation } from "./stack-operation.ts";

/**
 * Settles what former runs of a stack were promised, and were killed in, with what the stack has. For whoever has the stack:
 * nobody works any more under reservations by his name. Those of others who use the state he may not judge before they lapse.
 */
export async function settleLeft(
  ledger: Pick<Ledger, "show" | "settle">,
  own: StackOperation,
  record: Pick<StackRecord, "documents">,
): Promise<void> {
  const accounts = await ledger.show();
  const { reservations } = accounts.find((each) => isAccount(each, own)) ?? { reservations: [] };
  for (const reservation of reservations.filter((each) => isLeft(each, own))) {
    const document = record.documents.find((each) => classSubject(each.name) === reservation.what);
    await ledger.settle(reservation, demandOfRecorded(record, document ?? NOTHING)).catch(unlessOver);
  }
}

/** Whoever took it up or ended it since it was read tells the ledger himself. */
function unlessOver(error: unknown): void {
  if (!CoppiceError.is(error) || !OVER.has(error.code)) throw error;
}

const OVER: ReadonlySet<string> = new Set(["ledger.fenced", "ledger.unknown-reservation"]);

function isAccount(account: AccountEntries, { tenant, cluster }: StackOperation): boolean {
  return account.tenant === tenant && account.cluster === cluster;
}

function isLeft({ operation, lapsed }: AccountEntries["reservations"][number], own: StackOperation): boolean {
  return operation === own.operation || (lapsed && isOfStack(operation, own));
}

/** What has nothing. */
const NOTHING = { kind: "", name: "" };
