import type { Call } from "../api/call.ts";
import type { Permission } from "../api/permission.ts";
import type { Route } from "../api/route.ts";
import { badParameters, die } from "../kernel/pve-error.ts";
import { commonParams } from "../schema/common-params.ts";
import type { ParamTable } from "../schema/param-table.ts";
import { accessOf } from "./access.ts";
import type { Token, User } from "./user-config.ts";

/** A token as lists and look-ups show it. */
export function tokenInfo(token: Token): Record<string, unknown> {
  return {
    expire: token.expire,
    privsep: token.privsep ? 1 : 0,
    ...(token.comment === "" ? {} : { comment: token.comment }),
  };
}

function userOf(call: Call): User {
  const userid = call.params.text("userid");
  return accessOf(call.cluster).config.users.get(userid) ?? die(`no such user ('${userid}')`);
}

function missing(call: Call): never {
  die(`no such token '${call.params.text("tokenid")}' for user '${call.params.text("userid")}'`);
}

/** What was sent comes back as it was sent: texts; only the default of privsep is a number (recordings, access n 73, 74). */
function echoed(call: Call): Record<string, unknown> {
  const sent = ["comment", "expire", "privsep"].filter((name) => call.params.has(name));
  return Object.fromEntries(sent.map((name) => [name, call.params.text(name)]));
}

async function create(call: Call): Promise<unknown> {
  const access = accessOf(call.cluster);
  const { params } = call;
  const [userid, tokenid] = [params.text("userid"), params.text("tokenid")];
  if (userOf(call).tokens.has(tokenid)) throw badParameters({ tokenid: "Token already exists." });
  const full = `${userid}!${tokenid}`;
  const token: Token = {
    expire: params.optionalInt("expire") ?? 0,
    privsep: params.optionalFlag("privsep") ?? true,
    comment: params.optionalText("comment") ?? "",
  };
  const value = await access.edit(call.node, "generating token failed", (config) => {
    const user = config.users.get(userid) ?? die(`no such user ('${userid}')`);
    user.tokens.set(tokenid, token);
    return access.newTokenSecret(full);
  });
  return { "full-tokenid": full, value, info: { privsep: 1, ...echoed(call) } };
}

async function update(call: Call): Promise<unknown> {
  const access = accessOf(call.cluster);
  const { params } = call;
  const [userid, tokenid] = [params.text("userid"), params.text("tokenid")];
  const token = userOf(call).tokens.get(tokenid) ?? missing(call);
  const info = { ...tokenInfo(token), ...echoed(call) };
  const secret = await access.edit(call.node, "updating token info failed", (config) => {
    const found = config.users.get(userid)?.tokens.get(tokenid) ?? missing(call);
    found.expire = params.optionalInt("expire") ?? found.expire;
    found.privsep = params.optionalFlag("privsep") ?? found.privsep;
    found.comment = params.list("delete").includes("comment")
      ? ""
      : (params.optionalText("comment") ?? found.comment);
    return params.flag("regenerate") ? access.newTokenSecret(`${userid}!${tokenid}`) : undefined;
  });
  return secret === undefined ? info : { ...info, value: secret, "full-tokenid": `${userid}!${tokenid}` };
}

async function remove(call: Call): Promise<null> {
  const access = accessOf(call.cluster);
  const [userid, tokenid] = [call.params.text("userid"), call.params.text("tokenid")];
  if (!userOf(call).tokens.has(tokenid)) missing(call);
  await access.edit(call.node, "deleting token failed", (config) => {
    config.users.get(userid)?.tokens.delete(tokenid);
    config.acl = config.acl.filter((entry) => entry.ugid !== `${userid}!${tokenid}`);
    access.tokenSecrets.set(`${userid}!${tokenid}`, undefined);
  });
  return null;
}

const own: Permission = { or: ["self", { userGroup: ["User.Modify"] }] };
const ids: ParamTable = { userid: commonParams.userid, tokenid: commonParams.tokenid };
const properties: ParamTable = {
  ...ids,
  comment: commonParams.text,
  expire: commonParams.expire,
  privsep: commonParams.flag,
};
const path = "/access/users/{userid}/token/{tokenid}";

export const tokenRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/access/users/{userid}/token",
    permission: own,
    params: { userid: commonParams.userid },
    handle: (call) => [...userOf(call).tokens].map(([tokenid, token]) => ({ tokenid, ...tokenInfo(token) })),
  },
  {
    method: "GET",
    path,
    permission: own,
    params: ids,
    handle: (call) => tokenInfo(userOf(call).tokens.get(call.params.text("tokenid")) ?? missing(call)),
  },
  { method: "POST", path, permission: own, worker: true, params: properties, handle: create },
  {
    method: "PUT",
    path,
    permission: own,
    worker: true,
    params: { ...properties, regenerate: commonParams.flag, delete: commonParams.text },
    handle: update,
  },
  { method: "DELETE", path, permission: own, worker: true, params: ids, handle: remove },
];
