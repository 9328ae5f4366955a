import type { OpenCluster } from "../connection/open-cluster.ts";
import { readTenantUse } from "./hold-room.ts";
import { readMembers } from "./read-members.ts";
import type { TenantUse } from "./tenant-use.ts";

/**
 * Reads a tenant's limits and what all machines of its pool take, also of those whose figures Proxmox does not list yet.
 * Undefined where nothing limits it, or the pool is not there.
 *
 * @throws CoppiceError `quota.mark`
 */
export async function readWholeUse(
  cluster: OpenCluster,
  tenant: string,
  signal?: AbortSignal,
): Promise<TenantUse | undefined> {
  const reading = await readTenantUse(cluster, tenant, "run");
  const use = reading?.use;
  return use && { ...use, members: await readMembers(cluster.client, use.members, signal) };
}
