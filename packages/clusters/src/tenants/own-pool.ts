import { CoppiceError, foldNames } from "@coppice/core";
import { listPools } from "@coppice/pve";
import type { OpenCluster } from "../connection/open-cluster.ts";
import { setsLimits } from "../ownership/limits-mark.ts";
import { type PoolReading, readTenantUse } from "./hold-room.ts";

/** Which pool machines are to be in. */
export interface OwnPool {
  readonly pool?: string | undefined;
  /** Whose pool it is, where it is a tenant's. */
  readonly tenant?: string | undefined;
  /** What cannot be done without it, as a sentence begins: `Generation 2 of class 'lab' cannot be made`. */
  readonly what: string;
}

/**
 * Reads the pool that machines are to be in, if any is named, with its limits.
 *
 * @throws CoppiceError `pool.no-pool`, and `quota.unknown-tenant` where a tenant is named that there is not
 */
export async function readOwnPool(
  cluster: OpenCluster,
  { pool, tenant, what }: OwnPool,
  mode: PoolReading["mode"],
): Promise<PoolReading | undefined> {
  if (pool === undefined) return undefined;
  const found = await readTenantUse(cluster, pool, mode);
  const isTenant = found?.use !== undefined;
  if (tenant !== undefined && !isTenant)
    throw await unknownTenant(cluster, { tenant, what, isThere: found !== undefined });
  if (found !== undefined) return found;
  throw new CoppiceError("pool.no-pool", {
    what,
    why: `'pool' names '${pool}', and cluster '${cluster.settings.name}' has no such pool`,
    wayOut: "Create it first, or leave 'pool' out",
  });
}

async function unknownTenant(
  { client, settings: { name } }: OpenCluster,
  { tenant, what, isThere }: { readonly tenant: string; readonly what: string; readonly isThere: boolean },
): Promise<CoppiceError> {
  if (isThere)
    return new CoppiceError("quota.unknown-tenant", {
      what,
      why: `'tenant' names '${tenant}', and the pool of that name in cluster '${name}' has no limits, so that it is no tenant's`,
      wayOut: "Have an operator make a TenantQuota, or name the pool by 'pool' instead",
      details: { tenant },
    });
  const tenants = (await listPools(client)).filter(({ comment = "" }) => setsLimits(comment));
  const names = foldNames(tenants.map(({ poolid }) => poolid).sort());
  const known = names.length === 0 ? "none that this token may see" : names.join(", ");
  return new CoppiceError("quota.unknown-tenant", {
    what,
    why: `'tenant' names '${tenant}', and cluster '${name}' has no such tenant; it has ${known}`,
    wayOut: "Correct 'tenant', or have an operator make a TenantQuota of that name",
    details: { tenant },
  });
}
