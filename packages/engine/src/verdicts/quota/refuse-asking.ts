import { type AmountName, amountNames } from "@coppice/core";
import type { DocumentVerdict } from "../../changes/change-verdict.ts";
import { documentKey } from "../../documents/description.ts";
import { askedAmounts } from "../../ledger/asked-amounts.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import type { JudgedDocument } from "../judged/judged-document.ts";
import type { ReadTenant } from "./read-tenants.ts";
import type { TenantQuotaVerdict } from "./tenant-quota.ts";

/** What was judged. */
export interface JudgedTenants {
  readonly documents: readonly JudgedDocument[];
  readonly quota: readonly TenantQuotaVerdict[];
  readonly tenants: readonly ReadTenant[];
}

/** The same preview, in which documents are refused that ask for what their tenant has too little of. */
export function refuseAsking(stacks: readonly StackVerdict[], judged: JudgedTenants): StackVerdict[] {
  const refused = new Set(judged.documents.filter((each) => isTooMuch(each, judged)).map(placeOf));
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
  document: JudgedDocument,
  { quota, tenants }: Pick<JudgedTenants, "quota" | "tenants">,
): boolean {
  const { demand, former, verdict } = document;
  const { change } = verdict;
  if (change === "same" || change === "refused" || change === "unknown") return false;
  const isOwn = (each: Pick<ReadTenant, "tenant" | "cluster">): boolean =>
    each.tenant === document.tenant && each.cluster === document.cluster;
  const own = quota.find(isOwn);
  if (own?.refusal === undefined) return false;
  const recorded = former === undefined ? [] : [former];
  const asked = askedAmounts({ document, peak: demand.peak, recorded }, tenants.find(isOwn)?.use?.members);
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
