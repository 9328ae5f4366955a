import { isDeepStrictEqual } from "node:util";
import type { Properties } from "@coppice/core";
import { type Description, documentKey } from "../documents/description.ts";
import { documentsJoin, joinDocuments } from "../orders/join-documents.ts";
import { orderStack } from "../orders/order-stack.ts";
import { readStack } from "../stack/read-stack.ts";
import { forgetCutOff } from "./forget-cut-off.ts";
import { formerOf, freshOrders, joinedPeaks, type PreviewedShare, peaksOf } from "./fresh-orders.ts";
import { inRoom } from "./in-room.ts";
import type { DocumentsOrder, OperationParts, OperationTalk } from "./operation-parts.ts";
import { eachByItself } from "./preview-documents.ts";
import { stackByStack } from "./stack-by-stack.ts";
import { planStack, type StackShare, stackShares } from "./stack-plan.ts";
import { type StackVerdict, stackVerdict } from "./stack-verdict.ts";
import { heldTalk, leaseRequest } from "./while-held.ts";

/** What waits for a stack that somebody else has: plain values, its credentials references still. */
interface ShareOrder extends PreviewedShare {
  readonly clusters: Properties;
  readonly who: string;
  readonly message: string;
  readonly refresh: boolean;
}

/**
 * Makes what documents describe, stack by stack, while nobody else changes that stack. Orders that wait for a stack are
 * carried out together. `previewed` says for which documents there is anything to do: the others are not touched, and what
 * was refused is not tried. What somebody else changed since then, so that more would be lost than was shown, is refused.
 *
 * @throws CoppiceError `stack.changed`
 */
export async function applyDocuments(
  parts: OperationParts,
  { order, previewed }: { order: DocumentsOrder; previewed: readonly StackVerdict[] },
  talk: OperationTalk,
): Promise<StackVerdict[]> {
  const shares = stackShares(order.documents).flatMap((share) => {
    const only = toDo(previewed, share);
    const documents = share.documents.filter((each) => only.has(documentKey(each)));
    const shown = { former: formerOf(previewed, share), peaks: peaksOf(previewed, share) };
    return documents.length === 0 ? [] : [{ ...share, documents, ...shown }];
  });
  return await stackByStack(shares, talk, async (share) => applyShare(parts, { order, share }, talk));
}

async function applyShare(
  parts: OperationParts,
  { order, share }: { order: DocumentsOrder; share: PreviewedShare },
  talk: OperationTalk,
): Promise<StackVerdict> {
  const { clusters, who, message, refresh = false } = order;
  const own: ShareOrder = { ...share, clusters, who, message, refresh };
  return await orderStack<ShareOrder, StackVerdict>(parts.home, share, leaseRequest(order, talk), {
    order: own,
    joins: ordersJoin,
    run: async (orders, lease) => {
      const record = await readStack(parts, share);
      const fresh = freshOrders(orders, record);
      const documents = joinDocuments(fresh.map((each) => each.documents));
      const plan = await planStack(parts, { ...share, documents }, { record });
      const joined = { ...order, message: fresh.map((each) => each.message).join("; ") };
      const work = { plan, order: joined, peaks: joinedPeaks(fresh) };
      const verdict = await inRoom(
        parts,
        work,
        heldTalk(talk, lease),
        async (given, held) =>
          await eachByItself(parts, { plan: { ...plan, given }, order: joined, verb: "up" }, held),
      );
      await forgetCutOff(parts, plan, verdict);
      const made = stackVerdict(plan, verdict);
      return orders.map((each) => (fresh.includes(each) ? shareOf(made, each.documents) : undefined));
    },
  });
}

/** Whether each would get what he was shown: a refresh brings back what somebody else changed. */
function ordersJoin(own: ShareOrder, other: ShareOrder): boolean {
  const isAlike = own.refresh === other.refresh && isDeepStrictEqual(own.clusters, other.clusters);
  return isAlike && documentsJoin(own.documents, other.documents);
}

/** Of a run for several, what concerns one. */
function shareOf(stack: StackVerdict, documents: readonly Description[]): StackVerdict {
  const own = new Set(documents.map(documentKey));
  const { verdict } = stack;
  return {
    ...stack,
    verdict: { ...verdict, documents: verdict.documents.filter((each) => own.has(documentKey(each))) },
  };
}

function toDo(previewed: readonly StackVerdict[], { project, stack }: StackShare): ReadonlySet<string> {
  const own = previewed.filter((each) => each.project === project && each.stack === stack);
  const documents = own.flatMap(({ verdict }) => verdict.documents);
  return new Set(
    documents.filter(({ change }) => change === "create" || change === "update").map(documentKey),
  );
}
