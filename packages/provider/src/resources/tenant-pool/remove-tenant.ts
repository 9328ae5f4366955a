import { isDeepStrictEqual } from "node:util";
import { assertUnused, commentOwner, type SteppedWork, step, tenantRoles } from "@coppice/clusters";
import {
  deleteGroup,
  deletePool,
  deleteRole,
  deleteToken,
  deleteUser,
  holdsRight,
  listAcl,
  type PveCaller,
  PveError,
  readPermissions,
  readPool,
} from "@coppice/pve";
import { isOwnUser } from "./is-own-user.ts";
import type { SeenTenant } from "./look-at-tenant.ts";
import { hasToken } from "./plan-tenant.ts";

/** One removal of a tenant. */
export interface TenantRemoval extends SteppedWork {
  readonly client: PveCaller;
  readonly seen: SeenTenant;
  readonly urn: string;
}

/**
 * Removes a tenant that has nothing any more: the token first, so that nobody makes more of it, and the pool last, whose mark
 * says whose it is. What has become somebody else's stays.
 */
export async function removeTenant(run: TenantRemoval): Promise<void> {
  const { client, seen, urn } = run;
  const { names, pool, group } = seen;
  // What is recorded and has lost its mark stays ours.
  const isOurs = (part: { readonly comment?: string | undefined } | undefined, id: string) =>
    part !== undefined && commentOwner(part.comment ?? "", { urn, id }) !== "other";
  if (pool !== undefined && isOurs(pool, names.pool)) assertUnused(names.pool, pool);
  const hadAny = isOurs(pool, names.pool) || isOurs(group, names.group) || isOwnUser(seen, urn);
  if (isOwnUser(seen, urn)) {
    if (hasToken(seen)) await step(run, `remove ${names.tokenId}`, () => deleteToken(client, names.token));
    await step(run, `remove ${names.user}`, () => deleteUser(client, names.user));
  }
  if (isOurs(group, names.group))
    await step(run, `remove ${names.group}`, () => unlessGone(deleteGroup(client, names.group)));
  if (hadAny) await removeRoles(run);
  if (isOurs(pool, names.pool)) await step(run, `remove pool ${names.pool}`, () => removePool(run));
}

/**
 * Whoever sees all rights can tell that nobody has a role any more; with one that is used its rights would go. One that may
 * otherwise than ours stays: somebody else made it so.
 */
async function removeRoles(run: TenantRemoval): Promise<void> {
  const { client, seen } = run;
  const permissions = await readPermissions(client);
  if (!holdsRight(permissions, "/access", "Sys.Audit")) return;
  const used = new Set((await listAcl(client)).map(({ roleid }) => roleid));
  const there = new Map(seen.roles.map(({ roleid, privileges }) => [roleid, new Set(privileges)]));
  const idle = Object.values(tenantRoles).filter(
    ({ roleid, privileges }) =>
      !used.has(roleid) && isDeepStrictEqual(there.get(roleid), new Set(privileges)),
  );
  for (const { roleid } of idle)
    await step(run, `remove role ${roleid}`, () => unlessGone(deleteRole(client, roleid)));
}

/** A machine that the tenant made in the last moment is named too. */
async function removePool({ client, seen: { names } }: TenantRemoval): Promise<void> {
  try {
    await unlessGone(deletePool(client, names.pool));
  } catch (error) {
    const pool = PveError.is(error, "pve.in-use") ? await readPool(client, names.pool) : undefined;
    if (pool !== undefined) assertUnused(names.pool, pool);
    throw error;
  }
}

async function unlessGone(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!PveError.is(error, "pve.not-found")) throw error;
  }
}
