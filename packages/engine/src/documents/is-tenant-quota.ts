/** Whether a document describes a tenant. */
export function isTenantQuota({ kind }: { readonly kind: string }): boolean {
  return kind === "TenantQuota";
}
