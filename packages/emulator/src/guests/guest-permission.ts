import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../kernel/identity.ts";

/** Who asks about which guest; the pool counts while the guest is being made. */
export interface GuestAccess {
  readonly identity: Identity;
  readonly vmid: number;
  readonly pool?: string | undefined;
}

/** Demands privileges on the guest, or on the pool it is being made in (pve-access-control, check_vm_perm). */
export function requireOnGuest(
  cluster: Cluster,
  access: GuestAccess,
  privileges: readonly string[],
  any = false,
): void {
  const { identity, vmid, pool } = access;
  if (pool !== undefined && cluster.allow(identity, `/pool/${pool}`, privileges, any)) return;
  cluster.require(identity, `/vms/${vmid}`, privileges, any);
}

/**
 * Demands VM.Config.Options on the guest itself, whether or not its tags change; the pool that it is being made in does
 * not count (pve-guest-common 6.0.2, assert_tag_permissions).
 */
export function checkTags(cluster: Cluster, identity: Identity, vmid: number): void {
  cluster.require(identity, `/vms/${vmid}`, ["VM.Config.Options"]);
}
