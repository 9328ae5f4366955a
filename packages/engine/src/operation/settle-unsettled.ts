import type { StackName } from "../lease/stack-place.ts";
import { settleLeft } from "../ledger/settle-left.ts";
import { stackOperation } from "../ledger/stack-operation.ts";
import { unsettledFile } from "../ledger/unsettled-file.ts";
import { namedStack } from "../stack/document-stack.ts";
import { readStack } from "../stack/read-stack.ts";
import type { DocumentsOrder, OperationParts, OperationTalk } from "./operation-parts.ts";
import { whileHeld } from "./while-held.ts";

/**
 * Tells the ledger what stacks have whose last run was killed before it did. For stacks with which there is nothing to do:
 * every run settles what is left of the former one.
 *
 * @throws CoppiceError `database.*`
 */
export async function settleUnsettled(
  parts: OperationParts,
  { stacks, order }: { stacks: readonly StackName[]; order: Pick<DocumentsOrder, "who"> },
  talk: OperationTalk,
): Promise<void> {
  const { home } = parts;
  for (const stack of stacks.map(namedStack)) {
    const own = await stackOperation(home, stack, order.who);
    if (own === undefined || !(await unsettledFile.isThere(home, stack))) continue;
    await whileHeld(parts, { share: stack, order, talk }, async () => {
      await settleLeft(await parts.ledger.ledger(), own, await readStack(parts, stack));
      await unsettledFile.remove(home, stack);
    });
  }
}
