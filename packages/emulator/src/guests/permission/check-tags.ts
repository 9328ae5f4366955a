import type { Cluster } from "../../cluster/cluster.ts";
import type { Identity } from "../../kernel/identity.ts";

/**
 * Demands VM.Config.Options on the guest itself, whether or not its tags change; the pool that it is being made in does
 * not count (pve-guest-common 6.0.2, assert_tag_permissions).
 */
export function checkTags(cluster: Cluster, identity: Identity, vmid: number): void {
  cluster.require(identity, `/vms/${vmid}`, ["VM.Config.Options"]);
}
