import type { OpenCluster } from "@coppice/clusters";
import type { BaseGenerationState } from "@coppice/core";
import { readPool, updatePool } from "@coppice/pve";

/** Adds a generation's copies to its pool, those that are no members yet. A template used in place is not ours to add. */
export async function joinCopies(
  { owned, copies, pool }: BaseGenerationState,
  { client }: OpenCluster,
): Promise<void> {
  if (pool === undefined || !owned) return;
  const members = new Set((await readPool(client, pool))?.members.map(({ vmid }) => vmid));
  const vmids = Object.values(copies).flatMap(({ vmid }) => (members.has(vmid) ? [] : [vmid]));
  if (vmids.length > 0) await updatePool(client, { poolid: pool, vmids, move: true });
}
