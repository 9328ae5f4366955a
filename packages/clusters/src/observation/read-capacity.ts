import type { ClusterCapacity, StorageRoom } from "@coppice/core";
import { listResources, type PveCaller, type StorageResource } from "@coppice/pve";
import { promisedOn } from "./read-cluster.ts";

/** Reads what a cluster has room for: one GET. Figures that whoever asks may not see are absent. */
export async function readCapacity(
  { client }: { readonly client: PveCaller },
  signal?: AbortSignal,
): Promise<ClusterCapacity> {
  const { nodes, guests, storages } = await listResources(client, signal);
  return {
    nodes: nodes.map(({ node, status, maxmem }) => ({
      node,
      isOnline: status === "online",
      ...(maxmem !== undefined && { memory: maxmem }),
      promised: promisedOn(node, guests).memory,
    })),
    storages: [...Map.groupBy(storages, keyOf).values()].flatMap(roomOf),
  };
}

function keyOf({ storage, node, shared }: StorageResource): string {
  return shared ? storage : `${storage} ${node}`;
}

/** Of a shared storage any node that has told its figures tells them for all. */
function roomOf(rows: readonly StorageResource[]): StorageRoom[] {
  const told = rows.find(({ maxdisk }) => maxdisk !== undefined) ?? rows[0];
  if (told === undefined) return [];
  const { storage, shared: isShared, maxdisk: size, disk: used } = told;
  const nodes = rows.map(({ node }) => node);
  return [
    {
      storage,
      nodes,
      isShared,
      ...(size !== undefined && { size }),
      ...(used !== undefined && { used }),
    },
  ];
}
