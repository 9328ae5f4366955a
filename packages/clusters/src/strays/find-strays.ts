import { judgeGuest } from "./judge-guest.ts";
import { judgeRecorded } from "./judge-recorded.ts";
import { judgeTraces } from "./judge-traces.ts";
import { judgeFolder } from "./judge-volumes.ts";
import { ledgerOf } from "./ledger.ts";
import type { RecordedStack } from "./recorded-stack.ts";
import type { Sight } from "./sight.ts";
import { standersOn } from "./standers.ts";
import type { OtherStack, Stray, Strays } from "./stray.ts";

/**
 * Compares what the states of stacks say with what was seen of their cluster. Machines of stacks that were not given are
 * named as such: whether they are strays only their states tell.
 */
export function findStrays(stacks: readonly RecordedStack[], sight: Sight): Strays {
  const ledger = ledgerOf(stacks);
  const standers = standersOn(sight);
  const judged = [...sight.guests.values()].map((guest) => judgeGuest(guest, ledger, standers));
  const strays: Stray[] = [
    ...judged.flatMap(({ strays }) => strays),
    ...judgeRecorded(ledger, sight),
    ...sight.folders.flatMap((folder) => judgeFolder(folder, ledger, sight)),
    ...judgeTraces(ledger, sight),
  ];
  return { strays, others: othersOf(judged.flatMap(({ other }) => other ?? [])), unseen: sight.unseen };
}

function othersOf(found: readonly { readonly stack: string; readonly vmid: number }[]): OtherStack[] {
  const byStack = Map.groupBy(found, ({ stack }) => stack);
  return [...byStack]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([stack, guests]) => ({ stack, vmids: guests.map(({ vmid }) => vmid).sort((a, b) => a - b) }));
}
