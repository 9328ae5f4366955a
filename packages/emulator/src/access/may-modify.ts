import type { Cluster } from "../cluster/cluster.ts";
import type { Identity } from "../kernel/identity.ts";

/** The privileges of which one allows changing rights and memberships on a path (RPCEnvironment.pm, check_perm_modify). */
export function modifyPrivileges(path: string): string[] {
  const area = /^\/(storage|vms|pool)\/.+$/.exec(path)?.[1];
  const own: Readonly<Record<string, string>> = {
    storage: "Datastore.Allocate",
    vms: "VM.Allocate",
    pool: "Pool.Allocate",
  };
  const extra = area === undefined ? undefined : own[area];
  return extra === undefined ? ["Permissions.Modify"] : ["Permissions.Modify", extra];
}

/** True when the identity may change rights and memberships on the path. */
export function mayModify(cluster: Cluster, identity: Identity, path: string): boolean {
  return cluster.allow(identity, path, modifyPrivileges(path), true);
}
