import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { identityOf } from "../kernel/identity.ts";
import { badParameters, die, forbidden } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import { accessOf } from "./access.ts";
import { mayModify } from "./may-modify.ts";
import type { AclEntry, UserConfig } from "./user-config.ts";

const name = "[A-Za-z0-9.\\-_]+";

/** Where rights can be set (pve-access-control, AccessControl.pm check_path). */
const validPaths = new RegExp(
  `^(?:/|/access|/access/groups(?:/${name})?|/access/realm(?:/${name})?|/nodes(?:/[A-Za-z0-9.\\-]+)?` +
    `|/pool|/pool/${name}(?:/${name}){0,2}|/sdn|/sdn/controllers(?:/${name})?|/sdn/dns(?:/${name})?` +
    `|/sdn/ipams(?:/${name})?|/sdn/fabrics(?:/${name})?|/sdn/(?:prefix-lists|route-maps)(?:/${name})?` +
    `|/sdn/zones(?:/${name}(?:/${name}(?:/[1-9][0-9]{0,3})?)?)?` +
    `|/storage(?:/${name})?|/vms(?:/[1-9][0-9]{2,})?|/mapping(?:/${name}(?:/${name})?)?)$`,
);

function normalized(path: string): string | undefined {
  const clean = path.replace(/\/+/g, "/").replace(/(.)\/$/, "$1");
  const rooted = clean.startsWith("/") ? clean : `/${clean}`;
  return validPaths.test(rooted) ? rooted : undefined;
}

function list(call: Call): unknown[] {
  const { cluster, identity } = call;
  const all = cluster.allow(identity, "/access", ["Sys.Audit"]);
  return accessOf(cluster)
    .config.acl.filter((entry) => all || mayModify(cluster, identity, entry.path))
    .map((entry) => ({ ...entry, propagate: entry.propagate ? 1 : 0 }));
}

interface Subject {
  readonly type: AclEntry["type"];
  readonly ugid: string;
}

function subjectsOf(call: Call): Subject[] {
  const of = (type: AclEntry["type"], param: string) =>
    call.params.list(param).map((ugid) => ({ type, ugid }));
  const found = [...of("group", "groups"), ...of("user", "users"), ...of("token", "tokens")];
  if (["groups", "users", "tokens"].some((param) => call.params.has(param))) return found;
  const text = "either 'users', 'groups' or 'tokens' is required.";
  throw badParameters({ users: text, groups: text, tokens: text });
}

function demandKnown(config: UserConfig, { type, ugid }: Subject): void {
  if (type === "group" && !config.groups.has(ugid)) die(`group '${ugid}' does not exist`);
  if (type === "user" && !config.users.has(ugid)) die(`user '${ugid}' does not exist`);
  if (type !== "token") return;
  const { userid, tokenid = "" } = identityOf(ugid);
  if (config.users.get(userid)?.tokens.has(tokenid) !== true) die(`token '${ugid}' does not exist`);
}

/** Whoever only allocates on the path can give no more than he has himself. */
function demandOwn(call: Call, path: string, roleid: string): void {
  const { cluster, identity } = call;
  if (cluster.allow(identity, path, ["Permissions.Modify"])) return;
  const privileges = accessOf(cluster).rolePrivileges(roleid) ?? [];
  if (!cluster.allow(identity, path, privileges)) throw forbidden(path, "Permissions.Modify");
}

async function update(call: Call): Promise<null> {
  const { cluster, params } = call;
  const subjects = subjectsOf(call);
  const path = normalized(params.text("path"));
  if (path === undefined) throw badParameters({ path: `invalid ACL path '${params.text("path")}'` });
  const access = accessOf(cluster);
  const propagate = params.optionalFlag("propagate") ?? true;
  await access.edit(call.node, "ACL update failed", (config) => {
    for (const roleid of params.list("roles")) {
      if (access.rolePrivileges(roleid) === undefined) die(`role '${roleid}' does not exist`);
      demandOwn(call, path, roleid);
      for (const subject of subjects) {
        if (!params.flag("delete")) demandKnown(config, subject);
        config.acl = config.acl.filter(
          (entry) =>
            entry.path !== path ||
            entry.roleid !== roleid ||
            entry.type !== subject.type ||
            entry.ugid !== subject.ugid,
        );
        if (!params.flag("delete")) config.acl.push({ path, ...subject, roleid, propagate });
      }
    }
  });
  return null;
}

export const aclRoutes: readonly Route[] = [
  { method: "GET", path: "/access/acl", permission: "user", params: {}, handle: list },
  {
    method: "PUT",
    path: "/access/acl",
    permission: {
      check: ({ cluster, identity, params }) => {
        const path = params.optionalText("path") ?? "/";
        if (!mayModify(cluster, identity, path)) throw forbidden(path, "Permissions.Modify");
      },
    },
    worker: true,
    params: {
      path: { type: "string" },
      propagate: commonParams.flag,
      users: { type: "string", optional: true, format: "pve-userid-list" },
      groups: { type: "string", optional: true, format: "pve-groupid-list" },
      tokens: { type: "string", optional: true, format: "pve-tokenid-list" },
      roles: { type: "string", format: "pve-roleid-list" },
      delete: commonParams.flag,
    },
    handle: update,
  },
];
