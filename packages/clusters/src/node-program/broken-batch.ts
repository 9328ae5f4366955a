import { CoppiceError } from "@coppice/core";
import type { NodeOrder } from "./node-program.ts";
import type { NodeAnswer, Transcript } from "./transcript.ts";

/** Orders that others stand on: they have no key and no answer of their own. */
const COMMON: ReadonlySet<string> = new Set(["pve", "mark", "storage", "pool", "base", "sync"]);

/** Orders that change something; the others only ask. */
export const CHANGING: ReadonlySet<string> = new Set([
  "make",
  "renew",
  "settle",
  "discard",
  "sweep",
  "copy",
  "remove",
]);

/** Orders whose files count when the sync after them has been answered. */
export const SYNCED: ReadonlySet<string> = new Set(["make", "renew"]);

/** Whether a batch has carried out at least one order of a kind. */
export function hasDone(
  kind: ReadonlySet<string>,
  orders: readonly NodeOrder[],
  { answers }: Pick<Transcript, "answers">,
): boolean {
  return orders.some((order) => kind.has(order[0]) && answers.get(keyOf(order))?.word === "ok");
}

/** A batch that only has what an earlier one made reach the disk. */
export function syncOrders(orders: readonly NodeOrder[]): NodeOrder[] {
  return [...orders.filter(([order]) => COMMON.has(order) && order !== "base"), ["sync"]];
}

/**
 * What a batch comes to that broke off: what was answered stands, the rest was not done. Files that were made count only
 * where they are known to have reached the disk; of the others the markers tell the next run.
 */
export function brokenAnswers(
  orders: readonly NodeOrder[],
  { answers }: Pick<Transcript, "answers">,
  broken: { readonly cause: CoppiceError; readonly isSynced: boolean },
): Map<string, NodeAnswer> {
  const keyed = orders.filter(([order]) => !COMMON.has(order));
  const undone = breakOf(broken.cause, {
    why: `${answers.size} of ${keyed.length} orders had been carried out`,
    wayOut: "Run the operation again: it does the rest",
  });
  const unsynced = breakOf(broken.cause, {
    why: "whether the disks that it had made are on the storage is not known",
    wayOut: "Run the operation again: it makes them anew and does the rest",
  });
  const judge = (order: NodeOrder): NodeAnswer => {
    const answer = answers.get(keyOf(order));
    const isLost = answer?.word === "ok" && SYNCED.has(order[0]) && !broken.isSynced;
    if (answer !== undefined && !isLost) return answer;
    const error = isLost ? unsynced : undone;
    return { word: "fail", key: keyOf(order), detail: error.sentence, error };
  };
  return new Map(keyed.map((order) => [keyOf(order), judge(order)]));
}

function breakOf(cause: CoppiceError, more: { readonly why: string; readonly wayOut: string }): CoppiceError {
  return new CoppiceError(cause.code, { what: cause.what, ...more, cause });
}

function keyOf([, key]: NodeOrder): string {
  return String(key);
}
