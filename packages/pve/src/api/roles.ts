import { list, nothing, optional, shape, text } from "../parse/parser.ts";
import type { PveCaller } from "../rest/pve-caller.ts";

/** A named set of privileges. */
export interface Role {
  readonly roleid: string;
  readonly privileges: readonly string[];
}

const parseRole = shape({ roleid: text, privs: optional(text) });

/** All roles, those of Proxmox too. */
export async function listRoles(caller: PveCaller): Promise<readonly Role[]> {
  const roles = await caller.call({ method: "GET", path: "/access/roles", parse: list(parseRole) });
  return roles.map(({ roleid, privs = "" }) => ({ roleid, privileges: privs.split(",").filter(Boolean) }));
}

/** Creates a role; `pve.already-exists` where there is one of that name. */
export async function createRole(caller: PveCaller, { roleid, privileges }: Role): Promise<void> {
  const params = { roleid, privs: privileges.join(",") };
  await caller.call({ method: "POST", path: "/access/roles", params, parse: nothing });
}

/** Gives a role more privileges; those that it has stay. */
export async function addToRole(caller: PveCaller, { roleid, privileges }: Role): Promise<void> {
  const params = { privs: privileges.join(","), append: true };
  await caller.call({
    method: "PUT",
    path: "/access/roles/{roleid}",
    in: { roleid },
    params,
    parse: nothing,
  });
}

/** Removes a role, with all rights that it gives. */
export async function deleteRole(caller: PveCaller, roleid: string): Promise<void> {
  await caller.call({ method: "DELETE", path: "/access/roles/{roleid}", in: { roleid }, parse: nothing });
}
