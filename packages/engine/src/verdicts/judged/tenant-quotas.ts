import { isTenantQuota } from "../../documents/is-tenant-quota.ts";

/** A document that may be one of a tenant. */
interface Described {
  readonly kind: string;
  readonly name: string;
  readonly cluster?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The documents that describe a tenant of a cluster: one, or none where it was made otherwise. */
export function tenantQuotas<T extends Described>(
  documents: readonly T[],
  { tenant, cluster }: { readonly tenant: string; readonly cluster: string },
): T[] {
  return documents.filter(
    (each) => isTenantQuota(each) && each.name === tenant && (each.cluster ?? cluster) === cluster,
  );
}
