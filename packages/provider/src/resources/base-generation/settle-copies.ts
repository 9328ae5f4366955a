import type { OpenCluster } from "@coppice/clusters";
import type { BaseGenerationState } from "@coppice/core";
import { readPool, updatePool } from "@coppice/pve";

/**
 * Makes a generation's copies members of the pool that it names, or takes them out of the one that it named before. A
 * template used in place is not ours to move.
 */
export async function settleCopies(
  { owned, copies, pool }: BaseGenerationState,
  former: string | undefined,
  { client }: OpenCluster,
): Promise<void> {
  const poolid = pool ?? former;
  if (poolid === undefined || !owned) return;
  const isLeaving = pool === undefined;
  const members = new Set((await readPool(client, poolid))?.members.map(({ vmid }) => vmid));
  const vmids = Object.values(copies).flatMap(({ vmid }) => (members.has(vmid) === isLeaving ? [vmid] : []));
  const change = isLeaving ? { remove: true } : { move: true };
  if (vmids.length > 0) await updatePool(client, { poolid, vmids, ...change });
}
