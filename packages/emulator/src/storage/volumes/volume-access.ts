import type { Cluster } from "../../cluster/cluster.ts";
import type { Identity } from "../../kernel/identity.ts";
import { die } from "../../kernel/pve-error.ts";
import { volumes } from "./volumes.ts";

/** Whose volume is asked for, and by which guest. */
export interface VolumeQuestion {
  readonly volid: string;
  /** The guest that wants to use it: its own volumes need no privilege. */
  readonly vmid?: number;
}

/** Throws unless the identity may use the volume (pve-storage 9.1.7, Storage.pm check_volume_access). */
export function requireVolumeAccess(cluster: Cluster, identity: Identity, question: VolumeQuestion): void {
  const { storage, vtype, vmid: owner } = volumes(cluster).parse(question.volid);
  const path = `/storage/${storage}`;
  if (cluster.allow(identity, path, ["Datastore.Allocate"])) return;
  if (vtype === "iso" || vtype === "vztmpl" || vtype === "import") {
    cluster.require(identity, path, ["Datastore.AllocateSpace", "Datastore.Audit"], true);
  } else if (owner !== undefined && owner === question.vmid) {
    return;
  } else if (vtype === "backup" && owner !== undefined) {
    cluster.require(identity, path, ["Datastore.AllocateSpace"]);
    cluster.require(identity, `/vms/${owner}`, ["VM.Backup"]);
  } else if ((vtype === "images" || vtype === "rootdir") && owner !== undefined) {
    cluster.require(identity, path, ["Datastore.Audit"]);
    cluster.require(identity, `/vms/${owner}`, ["VM.Config.Disk"]);
  } else {
    die(`missing privileges to access ${question.volid}`);
  }
}
