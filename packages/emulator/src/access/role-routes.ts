import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { badParameters, die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import { splitList } from "../schema/params.ts";
import { accessOf } from "./access.ts";

function list(call: Call): unknown[] {
  const special = Object.entries(call.cluster.version.roles).map(([roleid, privs]) => ({
    roleid,
    privs,
    special: 1,
  }));
  const own = [...accessOf(call.cluster).config.roles].map(([roleid, privs]) => ({
    roleid,
    privs,
    special: 0,
  }));
  return [...special, ...own].map((role) => ({ ...role, privs: [...role.privs].sort().join(",") }));
}

function read(call: Call): unknown {
  const roleid = call.params.text("roleid");
  const privileges = accessOf(call.cluster).rolePrivileges(roleid) ?? die(`role '${roleid}' does not exist`);
  return Object.fromEntries(privileges.map((name) => [name, 1]));
}

/** Which privileges exist depends on the release, so the format is checked here. */
function privilegesOf(call: Call): string[] {
  const wanted = splitList(call.params.optionalText("privs") ?? "");
  for (const name of wanted) {
    if (call.cluster.version.privileges.includes(name)) continue;
    throw badParameters({ privs: `invalid format - invalid privilege '${name}'\n` });
  }
  return wanted;
}

async function create(call: Call): Promise<null> {
  const roleid = call.params.text("roleid");
  const privileges = privilegesOf(call);
  if (roleid.startsWith("PVE"))
    throw badParameters({
      roleid: "cannot use role ID starting with the (case-insensitive) 'PVE' namespace",
    });
  const access = accessOf(call.cluster);
  await access.edit(call.node, "create role failed", (config) => {
    if (access.rolePrivileges(roleid) !== undefined) die(`role '${roleid}' already exists`);
    config.roles.set(roleid, [...new Set(privileges)]);
  });
  return null;
}

async function update(call: Call): Promise<null> {
  const roleid = call.params.text("roleid");
  const privileges = privilegesOf(call);
  if (roleid in call.cluster.version.roles) die(`auto-generated role '${roleid}' cannot be modified`);
  await accessOf(call.cluster).edit(call.node, "update role failed", (config) => {
    const known = config.roles.get(roleid) ?? die(`role '${roleid}' does not exist`);
    config.roles.set(roleid, [
      ...new Set(call.params.flag("append") ? [...known, ...privileges] : privileges),
    ]);
  });
  return null;
}

/** A role in use goes too, with its rights (recordings, access n 107 to 109). */
async function remove(call: Call): Promise<null> {
  const roleid = call.params.text("roleid");
  if (roleid in call.cluster.version.roles) die(`auto-generated role '${roleid}' cannot be deleted`);
  await accessOf(call.cluster).edit(call.node, "delete role failed", (config) => {
    if (!config.roles.delete(roleid)) die(`role '${roleid}' does not exist`);
    config.acl = config.acl.filter((entry) => entry.roleid !== roleid);
  });
  return null;
}

const properties = { roleid: commonParams.roleid, privs: commonParams.text };
const modify = { perm: "/access", privs: ["Sys.Modify"] } as const;
const path = "/access/roles/{roleid}";

export const roleRoutes: readonly Route[] = [
  { method: "GET", path: "/access/roles", permission: "user", params: {}, handle: list },
  {
    method: "POST",
    path: "/access/roles",
    permission: modify,
    worker: true,
    params: properties,
    handle: create,
  },
  { method: "GET", path, permission: "user", params: { roleid: commonParams.roleid }, handle: read },
  {
    method: "PUT",
    path,
    permission: modify,
    worker: true,
    params: { ...properties, append: { ...commonParams.flag, requires: "privs" } },
    handle: update,
  },
  {
    method: "DELETE",
    path,
    permission: modify,
    worker: true,
    params: { roleid: commonParams.roleid },
    handle: remove,
  },
];
