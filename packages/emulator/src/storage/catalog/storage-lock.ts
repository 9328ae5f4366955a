import { cfsLock, flock } from "../../cluster/locks.ts";
import type { VolumeLog } from "../volume-types.ts";
import type { Place } from "./place.ts";

/**
 * Runs `work` under the storage's lock: a file lock of the node, or a lock of the whole cluster when it is shared
 * (pve-storage 9.1.7, Plugin.pm cluster_lock_storage). `log` hears of every second of waiting for the latter.
 */
export async function withStorageLock<T>(place: Place, work: () => Promise<T>, log?: VolumeLog): Promise<T> {
  const { cluster, node, storage } = place;
  if (storage.shared) return await cfsLock(cluster, node, `storage-${storage.id}`, work, { log });
  return await flock(
    cluster,
    node,
    `/var/lock/pve-manager/pve-storage-${storage.id}`,
    { timeoutMs: 60_000 },
    work,
  );
}
