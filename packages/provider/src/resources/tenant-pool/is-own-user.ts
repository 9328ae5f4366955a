import { commentOwner } from "@coppice/clusters";
import type { SeenTenant } from "./look-at-tenant.ts";
import { hasToken } from "./plan-tenant.ts";

/**
 * Whether the user of the tenant's name is its own: by its mark, or, where somebody wiped that, by the token that we made. One
 * that somebody made anew by hand has neither.
 */
export function isOwnUser(seen: SeenTenant, urn: string): boolean {
  const { names, user } = seen;
  if (user === undefined) return false;
  const owner = commentOwner(user.comment ?? "", { urn, id: names.user });
  return owner === "own" || (owner === "nobody" && hasToken(seen));
}
