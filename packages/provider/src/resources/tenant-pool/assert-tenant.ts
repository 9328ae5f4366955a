import {
  assertAboveUse,
  commentOwner,
  type OpenCluster,
  type PoolReading,
  readLimitsMark,
  tenantRoles,
  unusableLimits,
} from "@coppice/clusters";
import { CoppiceError, readLimits, type TenantPoolInputs, type TenantPoolState } from "@coppice/core";
import type { AclEntry } from "@coppice/pve";
import { isOwnUser } from "./is-own-user.ts";
import type { SeenTenant } from "./look-at-tenant.ts";
import { namesOf } from "./tenant-names.ts";

/** A tenant that is to be made or changed. */
export interface TenantWish {
  readonly inputs: TenantPoolInputs;
  readonly recorded: TenantPoolState | undefined;
  /** The URN that the resource was made under. */
  readonly urn: string;
}

/**
 * Refuses what cannot be done, before anything is changed: a part that is somebody else's, limits of a newer version or
 * below what is in use, people whom the cluster does not know.
 */
export async function assertTenant(
  wish: TenantWish,
  seen: SeenTenant,
  {
    cluster,
    mode,
    signal,
  }: { readonly cluster: OpenCluster; readonly mode: PoolReading["mode"]; readonly signal?: AbortSignal },
): Promise<void> {
  const { inputs, recorded } = wish;
  assertOurs(wish, seen);
  assertMark(inputs.tenant, seen);
  assertRoles(inputs.tenant, seen);
  assertMembers(inputs, seen);
  const limits = readLimits(inputs.limits);
  const mark = readLimitsMark(seen.pool?.comment ?? "", inputs.tenant);
  const marked = mark !== undefined && "limits" in mark ? mark.limits : undefined;
  const former = recorded === undefined ? marked : readLimits(recorded.limits);
  await assertAboveUse(
    cluster.client,
    { tenant: inputs.tenant, limits, former, pool: seen.pool, mode },
    signal,
  );
}

/**
 * Every part that carries a comment carries our mark; a recorded part whose comment was wiped stays ours, but for a user without
 * our token, whom somebody made anew.
 */
function assertOurs({ inputs: { tenant }, recorded, urn }: TenantWish, seen: SeenTenant): void {
  const parts = [
    ["pool", seen.names.pool, seen.pool],
    ["group", seen.names.group, seen.group],
    ["user", seen.names.user, seen.user],
  ] as const;
  const mayStay = (kind: string) => kind !== "user" || isOwnUser(seen, urn);
  for (const [kind, id, part] of parts) {
    if (part === undefined) continue;
    const owner = commentOwner(part.comment ?? "", { urn, id });
    if (owner === "own" || (owner === "nobody" && recorded !== undefined && mayStay(kind))) continue;
    const why = owner === "other" ? "another resource made it" : "somebody made it by hand";
    throw taken(tenant, `there is a ${kind} '${id}' already, and ${why}`);
  }
}

function taken(tenant: string, why: string): CoppiceError {
  return new CoppiceError("quota.taken", {
    what: `Tenant "${tenant}" cannot be made or changed`,
    why,
    wayOut: "Choose another name for the tenant, or remove that one first",
    details: { tenant },
  });
}

/** What a newer version set is not set back; what somebody changed by hand is set anew. */
function assertMark(tenant: string, { pool }: SeenTenant): void {
  const mark = readLimitsMark(pool?.comment ?? "", tenant);
  if (mark !== undefined && "problem" in mark && mark.problem === "newer")
    throw unusableLimits(tenant, mark.why);
}

/**
 * Roles have no comments: one of our name that may more than ours, or less while no tenant has it, is somebody else's. One that
 * tenants have and that may less is of an older version.
 */
function assertRoles(tenant: string, { roles, rights }: SeenTenant): void {
  const isTenants = ({ type, ugid }: AclEntry) => type === "group" && ugid.startsWith(namesOf("").group);
  const used = new Set(rights.filter(isTenants).map(({ roleid }) => roleid));
  for (const { roleid, privileges } of Object.values(tenantRoles)) {
    const found = new Set(roles.find((role) => role.roleid === roleid)?.privileges ?? privileges);
    const more = [...found].filter((name) => !privileges.includes(name));
    if (more.length > 0) throw strangeRole(tenant, roleid, `more than a tenant: ${more.join(", ")}`);
    const less = privileges.filter((name) => !found.has(name));
    if (less.length > 0 && !used.has(roleid))
      throw strangeRole(tenant, roleid, `less than a tenant, and no tenant has it: ${less.join(", ")}`);
  }
}

function strangeRole(tenant: string, roleid: string, may: string): CoppiceError {
  const { privileges = [] } = Object.values(tenantRoles).find((role) => role.roleid === roleid) ?? {};
  return new CoppiceError("quota.taken", {
    what: `Tenant "${tenant}" cannot be made or changed`,
    why: `the role '${roleid}' may ${may}`,
    wayOut: `Type \`pveum role modify ${roleid} --privs '${privileges.join(" ")}'\` on a node`,
    details: { tenant, roleid },
  });
}

function assertMembers({ tenant, members = [] }: TenantPoolInputs, { users, names }: SeenTenant): void {
  const unknown = members.filter((member) => !users.some(({ userid }) => userid === member));
  if (members.includes(names.user))
    throw refused(
      tenant,
      `'members' has ${names.user}, the tenant's own user, who is in by himself`,
      "Leave it out",
    );
  if (unknown.length === 0) return;
  throw refused(
    tenant,
    `'members' has ${unknown.join(", ")}, and the cluster has no such user`,
    "Correct it, or make the user first; who makes tenants has to see users (User.Modify on /access/groups)",
  );
}

function refused(tenant: string, why: string, wayOut: string): CoppiceError {
  return new CoppiceError("arguments.wrong", {
    what: `Tenant "${tenant}" cannot be made or changed`,
    why,
    wayOut,
  });
}
