import type { Cluster } from "../../cluster/cluster.ts";
import type { Identity } from "../../kernel/identity.ts";
import { die } from "../../kernel/pve-error.ts";
import { requireVolumeAccess } from "../../storage/volumes/volume-access.ts";
import { storageOf } from "../config/drive.ts";

/** Demands the right to use an existing volume for a guest; paths are for root@pam alone (pve-storage 9.1.7, Storage.pm). */
export function checkVolumeAccess(cluster: Cluster, identity: Identity, vmid: number, volid: string): void {
  if (storageOf(volid) !== undefined) requireVolumeAccess(cluster, identity, { volid, vmid });
  else if (!identity.isRoot) die("Only root can pass arbitrary filesystem paths.");
}
