import type { Cluster } from "../cluster/cluster.ts";
import { flock } from "../cluster/locks.ts";
import type { Node } from "../cluster/node.ts";
import { die } from "../kernel/pve-error.ts";
import type { GuestConfig } from "./config/guest-config.ts";
import { type GuestKind, kindNames } from "./guest-kind.ts";

export interface ConfigLock {
  /** 10 s when missing, as `lock_config`; creating waits 5 s, the workers of create and clone 1 s. */
  readonly timeoutMs?: number;
  readonly shared?: boolean;
}

/**
 * The two locks of a guest's configuration: the file that whoever changes it holds, and `lock:` in it, which says that
 * something is going on. Each kind has its own file and word (pve-guest-common, AbstractConfig.pm).
 */
export function guestLocks(kind: GuestKind, fileOf: (vmid: number) => string) {
  return {
    /** Runs `work` under the node's file lock of a guest's configuration. */
    lockConfig<T>(
      cluster: Cluster,
      node: Node,
      vmid: number,
      work: () => Promise<T>,
      lock: ConfigLock = {},
    ): Promise<T> {
      return flock(cluster, node, fileOf(vmid), { timeoutMs: 10_000, ...lock }, work);
    },
    /** Refuses a guest whose `lock:` says that something is going on. */
    checkLock(config: GuestConfig): void {
      const lock = config.values["lock"];
      if (lock !== undefined) die(`${kindNames[kind].word} is locked (${lock})`);
    },
  };
}

/** Runs `work` while the guest cannot be migrated (pve-guest-common, guest_migration_lock; 10 s). */
export function migrationLock<T>(
  cluster: Cluster,
  node: Node,
  vmid: number,
  work: () => Promise<T>,
): Promise<T> {
  return flock(cluster, node, `/var/lock/pve-manager/pve-migrate-${vmid}`, { timeoutMs: 10_000 }, work);
}
