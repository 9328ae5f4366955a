import { type AmountName, amountNames, changeDemand } from "@coppice/core";
import type { DocumentVerdict } from "../../changes/change-verdict.ts";
import { documentKey } from "../../documents/description.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import type { JudgedDocument } from "../judged/judged-document.ts";
import type { TenantQuotaVerdict } from "./tenant-quota.ts";

/** The same preview, in which documents are refused that ask for what their tenant has too little of. */
export function refuseAsking(
  stacks: readonly StackVerdict[],
  {
    documents,
    quota,
  }: { readonly documents: readonly JudgedDocument[]; readonly quota: readonly TenantQuotaVerdict[] },
): StackVerdict[] {
  const refused = new Set(documents.filter((each) => isTooMuch(each, quota)).map(placeOf));
  if (refused.size === 0) return [...stacks];
  return stacks.map((stack) => {
    const { cluster, verdict } = stack;
    const own = verdict.documents.map((each) =>
      refused.has(placeOf({ cluster, ...each })) ? asRefused(each) : each,
    );
    return { ...stack, verdict: { ...verdict, documents: own } };
  });
}

function isTooMuch(
  { tenant, cluster, demand, verdict: { change } }: JudgedDocument,
  quota: readonly TenantQuotaVerdict[],
): boolean {
  if (change === "same" || change === "refused" || change === "unknown") return false;
  const own = quota.find((each) => each.tenant === tenant && each.cluster === cluster);
  if (own?.refusal === undefined) return false;
  const asked = changeDemand(demand.before, demand.peak);
  return scarceIn(own).some((name) => asked[name] > 0);
}

/** Where nobody could read the limits nothing more is given; giving back is always right. */
function scarceIn({ verdict }: TenantQuotaVerdict): readonly AmountName[] {
  return verdict?.lines.flatMap(({ name, over }) => (over > 0 ? [name] : [])) ?? amountNames;
}

function asRefused(document: DocumentVerdict): DocumentVerdict {
  return { ...document, change: "refused" };
}

function placeOf({ cluster, kind, name }: Pick<JudgedDocument, "cluster" | "kind" | "name">): string {
  return `${cluster} ${documentKey({ kind, name })}`;
}
