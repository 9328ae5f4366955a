import type { Call } from "../api/call.ts";
import type { Permission } from "../api/permission.ts";
import type { Route } from "../api/route.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams, optional } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { accessOf } from "./access.ts";
import { tokenInfo } from "./token-routes.ts";
import { newUser, type User, type UserConfig } from "./user-config.ts";

const properties: ParamTable = {
  enable: commonParams.flag,
  expire: commonParams.expire,
  firstname: { type: "string", optional: true, maxLength: 1024 },
  lastname: { type: "string", optional: true, maxLength: 1024 },
  email: { type: "string", optional: true, format: "email-opt", maxLength: 254 },
  comment: { type: "string", optional: true, maxLength: 2048 },
  keys: { type: "string", optional: true },
  groups: { type: "string", optional: true, format: "pve-groupid-list" },
};

const texts = ["firstname", "lastname", "email", "comment", "keys"] as const;

function apply(user: User, call: Call): void {
  for (const name of texts) user[name] = call.params.optionalText(name) ?? user[name];
  user.enable = call.params.optionalFlag("enable") ?? user.enable;
  user.expire = call.params.optionalInt("expire") ?? user.expire;
}

function join(config: UserConfig, userid: string, groups: readonly string[]): void {
  for (const name of groups) {
    const group = config.groups.get(name) ?? die(`no such group '${name}'`);
    group.users.add(userid);
  }
}

function described(user: User): Record<string, unknown> {
  const filled = texts.filter((name) => user[name] !== "").map((name) => [name, user[name]] as const);
  return { enable: user.enable ? 1 : 0, expire: user.expire, ...Object.fromEntries(filled) };
}

function groupsOf(config: UserConfig, userid: string): string[] {
  return [...config.groups].filter(([, group]) => group.users.has(userid)).map(([name]) => name);
}

function realmType(realm: string): string {
  return realm === "pam" || realm === "pve" ? realm : "openid";
}

function maySee(call: Call, userid: string): boolean {
  const { cluster, identity } = call;
  if (
    userid === identity.userid ||
    cluster.allow(identity, "/access/groups", ["User.Modify", "Sys.Audit"], true)
  )
    return true;
  const groups = groupsOf(accessOf(cluster).config, userid);
  return groups.some((group) =>
    cluster.allow(identity, `/access/groups/${group}`, ["User.Modify", "Sys.Audit"], true),
  );
}

function list(call: Call): unknown[] {
  const { config } = accessOf(call.cluster);
  const full = call.params.flag("full");
  const wanted = call.params.optionalFlag("enabled");
  return [...config.users]
    .filter(([userid, user]) => maySee(call, userid) && (wanted === undefined || wanted === user.enable))
    .map(([userid, user]) => ({
      userid,
      "realm-type": realmType(userid.slice(userid.lastIndexOf("@") + 1)),
      ...described(user),
      ...(full ? { groups: groupsOf(config, userid).join(","), tokens: tokenList(user) } : {}),
    }));
}

function tokenList(user: User): unknown[] {
  return [...user.tokens].map(([tokenid, token]) => ({ tokenid, ...tokenInfo(token) }));
}

function read(call: Call): unknown {
  const { config } = accessOf(call.cluster);
  const userid = call.params.text("userid");
  const user = config.users.get(userid) ?? die(`no such user ('${userid}')`);
  const tokens = [...user.tokens].map(([id, token]) => [id, tokenInfo(token)] as const);
  return {
    ...described(user),
    groups: groupsOf(config, userid),
    tokens: tokens.length === 0 ? null : Object.fromEntries(tokens),
  };
}

async function create(call: Call): Promise<null> {
  const access = accessOf(call.cluster);
  const userid = call.params.text("userid");
  const realm = userid.slice(userid.lastIndexOf("@") + 1);
  await access.edit(call.node, "create user failed", (config) => {
    if (!hasRealm(call, realm)) die(`auth domain '${realm}' does not exist`);
    if (config.users.has(userid)) die(`user '${userid}' already exists`);
    const user = newUser();
    apply(user, call);
    config.users.set(userid, user);
    join(config, userid, call.params.list("groups"));
  });
  const password = call.params.optionalText("password");
  if (password !== undefined) access.setPassword(userid, password);
  return null;
}

/** pam and pve are always there; the others stand in domains.cfg. */
export function hasRealm(call: Call, realm: string): boolean {
  if (realm === "pam" || realm === "pve") return true;
  return new RegExp(`^[a-z]+: ${realm.replaceAll(".", "\\.")}$`, "m").test(
    call.cluster.files.read("domains.cfg") ?? "",
  );
}

async function update(call: Call): Promise<null> {
  const userid = call.params.text("userid");
  await accessOf(call.cluster).edit(call.node, "update user failed", (config) => {
    const user = config.users.get(userid) ?? die(`no such user ('${userid}')`);
    apply(user, call);
    if (!call.params.has("groups")) return;
    if (!call.params.flag("append")) for (const group of config.groups.values()) group.users.delete(userid);
    join(config, userid, call.params.list("groups"));
  });
  return null;
}

/** An unknown user is fine, and root@pam stays (recordings, access n 113 and 114). */
async function remove(call: Call): Promise<null> {
  const userid = call.params.text("userid");
  const access = accessOf(call.cluster);
  const tokens = [...(access.config.users.get(userid)?.tokens.keys() ?? [])];
  await access.edit(call.node, "delete user failed", (config) => {
    config.users.delete(userid);
    for (const group of config.groups.values()) group.users.delete(userid);
    config.acl = config.acl.filter((entry) => entry.ugid !== userid && !entry.ugid.startsWith(`${userid}!`));
  });
  for (const id of tokens) access.tokenSecrets.set(`${userid}!${id}`, undefined);
  if (userid !== "root@pam") access.setPassword(userid, undefined);
  return null;
}

const realmCheck: Permission = {
  check: (call) => {
    const userid = call.params.optionalText("userid") ?? "";
    const realm = userid.slice(userid.lastIndexOf("@") + 1);
    call.cluster.require(call.identity, `/access/realm/${realm}`, ["Realm.AllocateUser"]);
  },
};

const modify: Permission = { userGroup: ["User.Modify"] };

export const userRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/access/users",
    permission: "user",
    params: { enabled: commonParams.flag, full: commonParams.flag },
    handle: list,
  },
  {
    method: "POST",
    path: "/access/users",
    permission: { and: [realmCheck, { userGroup: ["User.Modify"], groupsParam: true }] },
    worker: true,
    params: {
      ...properties,
      userid: commonParams.userid,
      password: { type: "string", optional: true, minLength: 8, maxLength: 64 },
    },
    handle: create,
  },
  {
    method: "GET",
    path: "/access/users/{userid}",
    permission: { userGroup: ["User.Modify", "Sys.Audit"] },
    params: { userid: commonParams.userid },
    handle: read,
  },
  {
    method: "PUT",
    path: "/access/users/{userid}",
    permission: modify,
    worker: true,
    params: {
      ...properties,
      userid: commonParams.userid,
      append: { ...optional(commonParams.flag), requires: "groups" },
    },
    handle: update,
  },
  {
    method: "DELETE",
    path: "/access/users/{userid}",
    permission: { and: [realmCheck, modify] },
    worker: true,
    params: { userid: commonParams.userid },
    handle: remove,
  },
  {
    method: "GET",
    path: "/access/users/{userid}/tfa",
    permission: { or: ["self", { userGroup: ["User.Modify", "Sys.Audit"] }] },
    params: { userid: commonParams.userid, multiple: commonParams.flag },
    handle: (call) =>
      call.params.flag("multiple") ? { realm: null, user: null, types: [] } : { realm: null, user: null },
  },
  {
    method: "PUT",
    path: "/access/users/{userid}/unlock-tfa",
    permission: modify,
    worker: true,
    params: { userid: commonParams.userid },
    handle: () => 0,
  },
];
