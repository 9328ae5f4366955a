import type { Properties } from "@coppice/core";
import type { SpecDocument } from "@coppice/spec";
import { isTenantQuota } from "../../documents/is-tenant-quota.ts";
import type { Removal } from "../../operation/destroy-documents.ts";
import type { EngineOptions } from "../../run/run-parts.ts";
import { namedStack } from "../../stack/document-stack.ts";
import { readStack } from "../../stack/read-stack.ts";
import { tenantQuotas } from "../judged/tenant-quotas.ts";

/** A tenant as it is described, or was when it was made. */
export interface PaidTenant {
  readonly kind: string;
  readonly name: string;
  readonly cluster: string;
  readonly inputs: Properties;
}

/** The tenants that pay for documents, or paid for what goes: as they are given, else as they were made from this home. */
export async function readPaidTenants(
  options: EngineOptions,
  {
    documents,
    removals,
  }: { readonly documents: readonly SpecDocument[]; readonly removals: readonly Removal[] },
): Promise<PaidTenant[]> {
  const given = documents.filter(isTenantQuota).map(
    ({ kind, name, cluster, inputs }): PaidTenant =>
      // as: a document's values are what YAML and JSON have in common.
      ({ kind, name, cluster, inputs: inputs as Properties }),
  );
  const payers = [
    ...documents.map(({ cluster, inputs: { tenant } }) => ({ cluster, tenant })),
    ...removals.map(namedStack),
  ];
  const clusters = new Set(payers.flatMap((each) => (isOther(each, given) ? [each.cluster] : [])));
  const recorded = await Promise.all([...clusters].map((cluster) => recordedTenants(options, cluster)));
  return [...given, ...recorded.flat()];
}

function isOther(
  { cluster, tenant }: { cluster: string; tenant?: unknown },
  given: readonly PaidTenant[],
): boolean {
  return typeof tenant === "string" && tenantQuotas(given, { tenant, cluster }).length === 0;
}

async function recordedTenants(options: EngineOptions, cluster: string): Promise<PaidTenant[]> {
  const { documents } = await readStack(options, { project: "coppice-cluster", stack: cluster });
  return documents.filter(isTenantQuota).map(({ kind, name, inputs }) => ({ kind, name, cluster, inputs }));
}
