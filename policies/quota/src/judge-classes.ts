import {
  type Amounts,
  addAmounts,
  judgeQuota,
  type Limits,
  noAmounts,
  type QuotaVerdict,
} from "@coppice/core";
import type { Asked } from "./asked.ts";
import { type Account, accountKey } from "./settings.ts";

/** Whether one class fits, and the resource at which that can be said. */
export interface ClassVerdict {
  readonly urn: string;
  readonly account: Account;
  /** Name of the class. */
  readonly class: string;
  /** Undefined where nobody has set limits for the tenant. */
  readonly verdict: QuotaVerdict | undefined;
}

/** What the limits of a tenant leave room for. */
export interface Room {
  readonly limits: Limits | undefined;
  /** What is used outside of what is judged. */
  readonly used: Amounts;
}

/**
 * Judges classes one after another, in the order in which the program makes them: each is counted as used for those behind
 * it, unless it does not fit and so is not made.
 */
export function judgeClasses(all: readonly Asked[], roomOf: (account: Account) => Room): ClassVerdict[] {
  const taken = new Map<string, Amounts>();
  return [...Map.groupBy(all, classKey).values()].map((parts) => {
    const { cluster, tenant, class: of, urn } = seatsAmong(parts);
    const account = { cluster, tenant };
    const { limits, used } = roomOf(account);
    const before = taken.get(accountKey(account)) ?? noAmounts;
    const asked = demandOf(parts);
    const question = { tenant, what: `class "${of}"`, used: addAmounts(used, before), asked };
    const verdict = limits && judgeQuota({ ...question, limits });
    if (verdict?.fits !== false) taken.set(accountKey(account), addAmounts(before, asked));
    return { urn, account, class: of, verdict };
  });
}

/** What all of a class comes to: its seats, and each of its generations once. */
function demandOf(parts: readonly Asked[]): Amounts {
  const generations = new Map(
    parts.flatMap(({ generation }) => (generation ? [[generation.number, generation.amounts] as const] : [])),
  );
  return addAmounts(...parts.flatMap(({ seats }) => seats ?? []), ...generations.values());
}

function classKey(asked: Asked): string {
  return `${accountKey(asked)}/${asked.class}`;
}

/** The resource of a class that people look at for it. */
function seatsAmong(parts: readonly Asked[]): Asked {
  // as: a group has at least the one that it was made for.
  return parts.findLast(({ seats }) => seats !== undefined) ?? (parts.at(-1) as Asked);
}
