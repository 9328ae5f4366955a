import { isNamed, type Limits, readLimits, type TenantLimits } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import type { Refusal } from "../../changes/change-verdict.ts";
import { isTenantQuota } from "../../documents/is-tenant-quota.ts";
import type { StackVerdict } from "../../operation/stack-verdict.ts";
import { namedStack } from "../../stack/document-stack.ts";
import type { RecordedDocument } from "../../stack/recorded-stack.ts";
import type { JudgedDocument } from "../judged/judged-document.ts";
import { tenantQuotas } from "../judged/tenant-quotas.ts";
import { judgeTenant } from "./judge-tenant.ts";
import type { ReadTenant } from "./read-tenants.ts";
import type { TenantQuotaVerdict } from "./tenant-quota.ts";

/** What is judged of the tenants of a preview. */
export interface TenantsQuestion {
  readonly given: readonly SpecDocument[];
  readonly stacks: readonly StackVerdict[];
  readonly documents: readonly JudgedDocument[];
  readonly tenants: readonly ReadTenant[];
}

/** Judges every tenant for itself, and says nothing again that our resources have said. */
export function judgeTenants({ given, stacks, documents, tenants }: TenantsQuestion): TenantQuotaVerdict[] {
  const said = refusalsIn(stacks);
  return tenants.map(({ tenant, cluster, use, failure }) => {
    const own = documents.filter((each) => each.tenant === tenant && each.cluster === cluster);
    const limits = limitsGiven(given, { tenant, cluster }) ?? use?.limits;
    const judged = judgeTenant({
      tenant,
      cluster,
      documents: own,
      recorded: recordedOf(stacks, { tenant, cluster }),
      use: failure || limits === undefined ? undefined : { members: use?.members ?? [], limits },
    });
    const isSaid = said.some(({ code, message }) => code === failure?.code || message === failure?.message);
    const isMended = failure?.code === "quota.mark" && isWritten(stacks, { tenant, cluster });
    return { ...judged, ...(failure && !isSaid && !isMended && { refusal: failure }) };
  });
}

/** Whether the order itself writes the tenant's limits anew, so that a mark which somebody changed by hand is put right. */
function isWritten(
  stacks: readonly StackVerdict[],
  { tenant, cluster }: Pick<ReadTenant, "tenant" | "cluster">,
): boolean {
  const there = stacks.filter((each) => each.cluster === cluster);
  return there.some(({ verdict }) =>
    verdict.documents.some((each) => isTenantQuota(each) && each.name === tenant && each.change === "update"),
  );
}

/** What the tenant's stack has. */
function recordedOf(
  stacks: readonly StackVerdict[],
  { tenant, cluster }: Pick<ReadTenant, "tenant" | "cluster">,
): RecordedDocument[] {
  const own = stacks.filter((each) => each.cluster === cluster && namedStack(each).tenant === tenant);
  return own.flatMap(({ former, others }) => [...former, ...others]);
}

/** Of a tenant that the same order changes, its limits as they will be. */
function limitsGiven(
  given: readonly SpecDocument[],
  tenant: Pick<ReadTenant, "tenant" | "cluster">,
): Limits | undefined {
  const limits = tenantQuotas(given, tenant).at(0)?.inputs["limits"];
  // as: the document was checked when it was read.
  return isNamed(limits) ? readLimits(limits as TenantLimits) : undefined;
}

function refusalsIn(stacks: readonly StackVerdict[]): Refusal[] {
  return stacks.flatMap(({ verdict }) => [
    ...verdict.refusals,
    ...verdict.documents.flatMap((document) => document.refusals),
  ]);
}
