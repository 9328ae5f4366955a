import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { identityOf } from "../kernel/identity.ts";
import { PveError } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import { type Access, accessOf } from "./access.ts";

const defaults = ["/", "/access", "/access/groups", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

/** Every path that rights could differ on: the usual ones, those with rights, pools and their members. */
function allPaths(access: Access): string[] {
  const pools = [...access.config.pools].flatMap(([name, pool]) => [
    `/pool/${name}`,
    ...[...pool.vms].map((vmid) => `/vms/${vmid}`),
    ...[...pool.storages].map((storage) => `/storage/${storage}`),
  ]);
  return [...new Set([...defaults, ...access.config.acl.map((entry) => entry.path), ...pools])];
}

function subjectOf(call: Call): string {
  const wanted = call.params.optionalText("userid");
  if (wanted === undefined || wanted === call.identity.authid) return call.identity.authid;
  const own = identityOf(wanted).userid === call.identity.authid;
  if (!own) call.cluster.require(call.identity, "/access", ["Sys.Audit"]);
  return wanted;
}

function read(call: Call): unknown {
  const access = accessOf(call.cluster);
  const authid = subjectOf(call);
  const { userid, tokenid } = identityOf(authid);
  const user = access.config.users.get(userid);
  if (user === undefined || (tokenid !== undefined && !user.tokens.has(tokenid))) {
    throw new PveError(500, `no such user ('${authid}')`);
  }
  const path = call.params.optionalText("path");
  const found: Record<string, Record<string, 0 | 1>> = {};
  for (const at of path === undefined ? allPaths(access) : [path]) {
    const privileges = access.privileges(identityOf(authid), at);
    if (privileges.size === 0 && path === undefined) continue;
    found[at] = Object.fromEntries(
      [...privileges].map(([name, propagate]) => [name, propagate ? 1 : 0] as const),
    );
  }
  return found;
}

const index = [
  "users",
  "groups",
  "roles",
  "acl",
  "domains",
  "openid",
  "tfa",
  "ticket",
  "permissions",
  "password",
];

/** What somebody may do, and the area's index. */
export const permissionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/access",
    permission: "user",
    params: {},
    handle: () => index.map((subdir) => ({ subdir })),
  },
  {
    method: "GET",
    path: "/access/permissions",
    permission: "user",
    params: { userid: { type: "string", optional: true, maxLength: 64 }, path: commonParams.text },
    handle: read,
  },
  { method: "GET", path: "/access/tfa", permission: "user", params: {}, handle: () => [] },
  {
    method: "GET",
    path: "/access/tfa/{userid}",
    permission: "user",
    params: { userid: commonParams.userid },
    handle: () => [],
  },
];
