import { amountNames, classSubject } from "@coppice/core";
import type { Account, Holding } from "@coppice/database";
import { demandOfRecorded } from "../demand/recorded-demand.ts";
import { settleLeft } from "../ledger/settle-left.ts";
import { stackOperation } from "../ledger/stack-operation.ts";
import { unsettledFile } from "../ledger/unsettled-file.ts";
import type { NamedStack } from "../stack/document-stack.ts";
import { readStack, type StackRecord } from "../stack/read-stack.ts";
import type { DocumentsOrder, OperationParts, OperationTalk } from "./operation-parts.ts";
import { whileHeld } from "./while-held.ts";

/** What the ledger says now of a tenant on a cluster. */
export interface RebuiltAccount extends Account {
  readonly holdings: readonly Holding[];
}

/** Whose ledger is made anew. */
interface RebuildOrder {
  /** Stacks of tenants. */
  readonly stacks: readonly NamedStack[];
  readonly order: Pick<DocumentsOrder, "who">;
}

/**
 * Makes the ledger of tenants anew: from what their stacks have, as far as the cluster has those machines. Each stack is
 * waited for, so that no run writes between reading and writing; what runs of other homes hold stays.
 *
 * @throws CoppiceError `database.*`
 */
export async function rebuildLedger(
  parts: OperationParts,
  { stacks, order }: RebuildOrder,
  talk: OperationTalk,
): Promise<RebuiltAccount[]> {
  const rebuilt: RebuiltAccount[] = [];
  for (const stack of stacks) {
    const own = await stackOperation(parts.home, stack, order.who);
    if (own === undefined) continue;
    const { tenant, cluster } = own;
    await whileHeld(parts, { share: stack, order, talk }, async () => {
      const [record, guests] = await Promise.all([readStack(parts, stack), parts.guestsOf(cluster)]);
      const holdings = holdingsOf(record, new Set(guests));
      const ledger = await parts.ledger.ledger();
      await settleLeft(ledger, own, record);
      await ledger.rebuild({ tenant, cluster }, holdings);
      await unsettledFile.remove(parts.home, stack);
      rebuilt.push({ tenant, cluster, holdings });
    });
  }
  return rebuilt;
}

function holdingsOf(record: StackRecord, there: ReadonlySet<number>): Holding[] {
  const all = record.documents.map((document) => {
    const amounts = demandOfRecorded(record, document, (vmid) => there.has(vmid));
    return { what: classSubject(document.name), amounts };
  });
  return all.filter(({ amounts }) => amountNames.some((name) => amounts[name] !== 0));
}
