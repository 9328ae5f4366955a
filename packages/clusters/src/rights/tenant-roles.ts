import type { Role } from "@coppice/pve";
import type { RightPlace, Work } from "./right-row.ts";
import { rightsTable } from "./rights-table.data.ts";

/** What a tenant may do with a class of its own from making to removal, by whichever method a pool's token may use. */
const works: ReadonlySet<Work> = new Set<Work>([
  "create",
  "clone",
  "start",
  "stop",
  "change",
  "reset",
  "undo",
  "remove",
  "free",
  "data disk",
  "cloud-init drive",
  "generation",
  "publish",
  "drop data disk",
  "move copy",
]);

/** The places that a tenant has rights on. */
export type TenantRightPlace = Extract<RightPlace, "machines" | "template" | "storage" | "network">;

/** A place of the table that is one of them: data disks lie on the tenant's storages too. */
const placeOf: Partial<Readonly<Record<RightPlace, TenantRightPlace>>> = {
  machines: "machines",
  template: "template",
  storage: "storage",
  "data storage": "storage",
  network: "network",
};

/** People look at their machines, and see their pool; no work of ours needs either. */
const forPeople: Partial<Readonly<Record<TenantRightPlace, readonly string[]>>> = {
  machines: ["VM.Console", "Pool.Audit"],
};

/**
 * The roles of tenants, one for each place: one for all of them would let a tenant remove the templates that it may clone.
 * All tenants of a cluster share them; on the machines they hold by the tenant's pool.
 */
export const tenantRoles: Readonly<Record<TenantRightPlace, Role>> = {
  machines: roleOf("Coppice-Tenant", "machines"),
  template: roleOf("Coppice-Tenant-Template", "template"),
  storage: roleOf("Coppice-Tenant-Storage", "storage"),
  network: roleOf("Coppice-Tenant-Network", "network"),
};

function roleOf(roleid: string, place: TenantRightPlace): Role {
  const rows = rightsTable.filter(
    (row) => placeOf[row.on] === place && row.for.some((work) => works.has(work)),
  );
  const privileges = [...rows.map(({ privilege }) => privilege), ...(forPeople[place] ?? [])];
  return { roleid, privileges: [...new Set(privileges)].sort() };
}
