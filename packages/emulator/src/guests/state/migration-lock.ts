import type { Cluster } from "../../cluster/cluster.ts";
import { flock } from "../../cluster/locks.ts";
import type { Node } from "../../cluster/node.ts";

/** Runs `work` while the machine cannot be migrated (pve-guest-common, guest_migration_lock; 10 s). */
export function migrationLock<T>(
  cluster: Cluster,
  node: Node,
  vmid: number,
  work: () => Promise<T>,
): Promise<T> {
  return flock(cluster, node, `/var/lock/pve-manager/pve-migrate-${vmid}`, { timeoutMs: 10_000 }, work);
}
