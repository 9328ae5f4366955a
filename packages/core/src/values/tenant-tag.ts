/** The tag that every machine of a tenant carries. */
export function tenantTag(tenant: string): string {
  return `tenant-${tenant}`;
}
