import type { Cluster } from "../../cluster/cluster.ts";
import { flock } from "../../cluster/locks.ts";
import type { Node } from "../../cluster/node.ts";
import { die } from "../../kernel/pve-error.ts";
import type { GuestConfig } from "../config/guest-config.ts";

/** How the lock of a configuration is taken. */
export interface ConfigLock {
  /** 10 s when missing, as `lock_config`; creating waits 5 s, the workers of create and clone 1 s. */
  readonly timeoutMs?: number;
  readonly shared?: boolean;
}

/** Runs `work` under the node's file lock of a machine's configuration. */
export function lockConfig<T>(
  cluster: Cluster,
  node: Node,
  vmid: number,
  work: () => Promise<T>,
  lock: ConfigLock = {},
): Promise<T> {
  return flock(
    cluster,
    node,
    `/var/lock/qemu-server/lock-${vmid}.conf`,
    { timeoutMs: 10_000, ...lock },
    work,
  );
}

/** Refuses a machine whose `lock:` says that something is going on. */
export function checkLock(config: GuestConfig): void {
  const lock = config.values["lock"];
  if (lock !== undefined) die(`VM is locked (${lock})`);
}

/** Refuses a protected machine. */
export function checkProtection(config: GuestConfig, complaint: string): void {
  if (config.values["protection"] === "1") die(`${complaint} - protection mode enabled`);
}

/** Refuses a configuration that was changed since the caller read it. */
export function checkDigest(config: GuestConfig, digest: string | undefined): void {
  if (digest !== undefined && digest !== "" && digest !== config.digest) {
    die("checksum mismatch (file change by other user?)");
  }
}

/** True for a template. */
export function isTemplate(config: GuestConfig): boolean {
  return config.values["template"] === "1";
}
