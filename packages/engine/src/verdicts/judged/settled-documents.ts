import { noAmounts } from "@coppice/core";
import { documentKey } from "../../documents/description.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import type { RecordedDocument } from "../../stack/recorded-stack.ts";
import { type JudgedDocument, tenantOf } from "./judged-document.ts";

/**
 * Documents as they are once what is shown has been done: one that is refused, or of which nobody can tell, stays as it is.
 *
 * @param documents as they are asked for
 * @param stacks what becomes of them, what quota says included
 */
export function settledDocuments(
  documents: readonly JudgedDocument[],
  stacks: readonly StackVerdict[],
): JudgedDocument[] {
  const verdicts = new Map(
    stacks.flatMap(({ cluster, verdict }) =>
      verdict.documents.map((each) => [`${cluster} ${documentKey(each)}`, each] as const),
    ),
  );
  return documents.flatMap((each) => {
    const verdict = verdicts.get(`${each.cluster} ${documentKey(each)}`) ?? each.verdict;
    return isDone(verdict) ? [each] : asItIs({ ...each, verdict });
  });
}

/** What goes, as far as it took something: what it takes then is nothing. */
export function removedDocuments(removed: readonly StackVerdict[]): JudgedDocument[] {
  return removed.flatMap(({ cluster, verdict, former }) =>
    verdict.documents.flatMap((each) => {
      const own = former.find((other) => documentKey(other) === documentKey(each));
      if (own === undefined || each.demand === undefined) return [];
      const judged = { ...recorded(own, cluster), verdict: each, demand: each.demand };
      if (each.change !== "delete") return asItIs(judged);
      return [{ ...judged, demand: { ...each.demand, after: noAmounts, unknown: [] } }];
    }),
  );
}

function recorded(document: RecordedDocument, cluster: string) {
  const { kind, name, inputs } = document;
  return { kind, name, cluster, inputs, tenant: tenantOf(inputs), former: document };
}

function isDone({ change }: JudgedDocument["verdict"]): boolean {
  return change !== "refused" && change !== "unknown" && change !== "open";
}

/** By what was applied last; nothing where there is nothing yet. */
function asItIs(document: JudgedDocument): JudgedDocument[] {
  const { former, demand } = document;
  if (former === undefined) return [];
  const now = { ...demand, peak: demand.before, after: demand.before, unknown: [] };
  return [{ ...document, inputs: former.inputs, tenant: tenantOf(former.inputs), demand: now }];
}
