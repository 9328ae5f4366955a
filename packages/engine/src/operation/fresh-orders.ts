import { type Amounts, CoppiceError, largestAmounts, type Properties } from "@coppice/core";
import { documentKey } from "../documents/description.ts";
import type { StackName } from "../lease/stack-place.ts";
import type { StackRecord } from "../stack/read-stack.ts";
import { isStale } from "./is-stale.ts";
import type { StackShare } from "./stack-plan.ts";
import type { StackVerdict } from "./stack-verdict.ts";

/** Documents of one stack, and what they were when they were previewed. */
export interface PreviewedShare extends StackShare {
  /** What the stack had of each, see `documentKey`. */
  readonly former: Readonly<Record<string, Properties>>;
  /** What each was to come to at most, as far as anybody looked. */
  readonly peaks: Readonly<Record<string, Amounts>>;
}

/**
 * Of orders that go together, one's own last, those that still do what was shown: somebody else may have had the stack since.
 * The others are refused where they were given.
 *
 * @throws CoppiceError `stack.changed` for one's own
 */
export function freshOrders<T extends PreviewedShare>(
  orders: readonly T[],
  { documents: recorded, declared }: StackRecord,
): T[] {
  const own = orders.at(-1);
  if (own === undefined) return [];
  const now = new Map(recorded.map((each) => [documentKey(each), each.inputs]));
  const said = new Map(declared.map((each) => [documentKey(each), each.inputs]));
  const staleIn = ({ documents, former }: PreviewedShare) =>
    documents.find((each) => {
      const key = documentKey(each);
      return isStale(each, { shown: former[key], now: now.get(key), declared: said.get(key) });
    });
  const stale = staleIn(own);
  if (stale !== undefined) throw changedSince(stale, own);
  return orders.filter((each) => staleIn(each) === undefined);
}

/** What a preview found of a stack's documents. */
export function formerOf(
  previewed: readonly StackVerdict[],
  { project, stack }: StackName,
): Record<string, Properties> {
  const own = previewed.filter((each) => each.project === project && each.stack === stack);
  const documents = own.flatMap(({ former }) => former);
  return Object.fromEntries(documents.map((each) => [documentKey(each), each.inputs]));
}

/** What a preview said that a stack's documents come to at most. */
export function peaksOf(
  previewed: readonly StackVerdict[],
  { project, stack }: StackName,
): Record<string, Amounts> {
  const own = previewed.filter((each) => each.project === project && each.stack === stack);
  const documents = own.flatMap(({ verdict }) => verdict.documents);
  return Object.fromEntries(
    documents.flatMap((each) => (each.demand === undefined ? [] : [[documentKey(each), each.demand.peak]])),
  );
}

/** What documents of several orders come to at most: each of its orders was shown what it asks for. */
export function joinedPeaks(orders: readonly Pick<PreviewedShare, "peaks">[]): Record<string, Amounts> {
  const joined: Record<string, Amounts> = {};
  for (const [key, peak] of orders.flatMap(({ peaks }) => Object.entries(peaks)))
    joined[key] = largestAmounts(joined[key] ?? peak, peak);
  return joined;
}

/** Why a document is left as somebody else has made it. */
export function changedSince(
  { kind, name }: StackVerdict["former"][number] | StackShare["documents"][number],
  { stack }: StackName,
): CoppiceError {
  return new CoppiceError("stack.changed", {
    what: `${kind} '${name}' on '${stack}' was left as it is`,
    why: "somebody else changed it after it was previewed, and more would be lost than was shown",
    wayOut: "Give the command again and look at its preview; `coppice history` says who changed what",
  });
}
