import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import { accessOf } from "./access.ts";

function list(call: Call): unknown[] {
  const { cluster, identity } = call;
  const visible = (groupid: string) =>
    cluster.allow(
      identity,
      `/access/groups/${groupid}`,
      ["User.Modify", "Sys.Audit", "Group.Allocate"],
      true,
    );
  return [...accessOf(cluster).config.groups]
    .filter(([groupid]) => visible(groupid))
    .map(([groupid, group]) => ({
      groupid,
      ...(group.comment === "" ? {} : { comment: group.comment }),
      users: [...group.users].sort().join(","),
    }));
}

function read(call: Call): unknown {
  const groupid = call.params.text("groupid");
  const group = accessOf(call.cluster).config.groups.get(groupid) ?? die(`group '${groupid}' does not exist`);
  return { members: [...group.users], ...(group.comment === "" ? {} : { comment: group.comment }) };
}

async function create(call: Call): Promise<null> {
  const groupid = call.params.text("groupid");
  await accessOf(call.cluster).edit(call.node, "create group failed", (config) => {
    if (config.groups.has(groupid)) die(`group '${groupid}' already exists`);
    config.groups.set(groupid, { users: new Set(), comment: call.params.optionalText("comment") ?? "" });
  });
  return null;
}

async function update(call: Call): Promise<null> {
  const groupid = call.params.text("groupid");
  await accessOf(call.cluster).edit(call.node, "update group failed", (config) => {
    const group = config.groups.get(groupid) ?? die(`group '${groupid}' does not exist`);
    group.comment = call.params.optionalText("comment") ?? group.comment;
  });
  return null;
}

/** A group in use goes too, with its rights (recordings, access n 110). */
async function remove(call: Call): Promise<null> {
  const groupid = call.params.text("groupid");
  await accessOf(call.cluster).edit(call.node, "delete group failed", (config) => {
    if (!config.groups.delete(groupid)) die(`group '${groupid}' does not exist`);
    config.acl = config.acl.filter((entry) => entry.type !== "group" || entry.ugid !== groupid);
  });
  return null;
}

const properties = { groupid: commonParams.groupid, comment: commonParams.text };
const allocate = { perm: "/access/groups", privs: ["Group.Allocate"] } as const;
const path = "/access/groups/{groupid}";

export const groupRoutes: readonly Route[] = [
  { method: "GET", path: "/access/groups", permission: "user", params: {}, handle: list },
  {
    method: "POST",
    path: "/access/groups",
    permission: allocate,
    worker: true,
    params: properties,
    handle: create,
  },
  {
    method: "GET",
    path,
    permission: { perm: "/access/groups", privs: ["Sys.Audit", "Group.Allocate"], any: true },
    params: { groupid: commonParams.groupid },
    handle: read,
  },
  { method: "PUT", path, permission: allocate, worker: true, params: properties, handle: update },
  {
    method: "DELETE",
    path,
    permission: allocate,
    worker: true,
    params: { groupid: commonParams.groupid },
    handle: remove,
  },
];
