import { createHash } from "node:crypto";
import type { Call } from "../api/call.ts";
import type { Route } from "../api/route.ts";
import { die } from "../kernel/pve-error.ts";
import { commonParams, optional } from "../schema/common-params.ts";
import type { ParamSpec, ParamTable } from "../schema/param-table.ts";

type Realm = Record<string, string>;

const file = "domains.cfg";
const builtIn: Readonly<Record<string, Realm>> = {
  pam: { type: "pam", comment: "Linux PAM standard authentication" },
  pve: { type: "pve", comment: "Proxmox VE authentication server" },
};
const numbers = new Set([
  "autocreate",
  "default",
  "port",
  "secure",
  "groups-autocreate",
  "groups-overwrite",
  "query-userinfo",
]);

function parse(text: string): Map<string, Realm> {
  const found = new Map<string, Realm>();
  let current: Realm = {};
  for (const line of text.split("\n")) {
    const head = /^(\w+): (\S+)\s*$/.exec(line);
    if (head !== null) {
      current = { type: head[1] ?? "" };
      found.set(head[2] ?? "", current);
      continue;
    }
    const [, key, value = ""] = /^\s+(\S+)(?:\s+(.*))?$/.exec(line) ?? [];
    if (key !== undefined) current[key] = value;
  }
  for (const [name, realm] of Object.entries(builtIn)) found.set(name, { ...realm, ...found.get(name) });
  return found;
}

function format(realms: ReadonlyMap<string, Realm>): string {
  return [...realms]
    .map(
      ([name, { type, ...rest }]) =>
        `${type}: ${name}\n${Object.entries(rest)
          .map(([key, value]) => `\t${key} ${value}\n`)
          .join("")}`,
    )
    .join("\n");
}

function typed(realm: Realm): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(realm).map(([key, value]) => [key, numbers.has(key) ? Number(value) : value]),
  );
}

function realmsOf(call: Call): Map<string, Realm> {
  return parse(call.cluster.files.read(file) ?? "");
}

function list(call: Call): unknown[] {
  return [...realmsOf(call)].map(([realm, { type, comment, default: byDefault, tfa }]) => ({
    realm,
    type,
    ...(comment === undefined ? {} : { comment }),
    ...(byDefault === "1" ? { default: 1 } : {}),
    ...(tfa === undefined ? {} : { tfa }),
  }));
}

function read(call: Call): unknown {
  const realm = call.params.text("realm");
  const found = realmsOf(call).get(realm) ?? die(`domain '${realm}' does not exist`);
  const digest = createHash("sha1")
    .update(call.cluster.files.read(file) ?? "")
    .digest("hex");
  return { ...typed(found), digest };
}

function create(call: Call): null {
  const realm = call.params.text("realm");
  const realms = realmsOf(call);
  if (realms.has(realm)) die(`add auth server failed: domain '${realm}' already exists`);
  realms.set(realm, call.params.rest("realm"));
  call.node.files.write(file, format(realms));
  return null;
}

function update(call: Call): null {
  const realm = call.params.text("realm");
  const realms = realmsOf(call);
  const found = realms.get(realm) ?? die(`update auth server failed: domain '${realm}' does not exist`);
  for (const key of call.params.list("delete")) delete found[key];
  realms.set(realm, { ...found, ...call.params.rest("realm", "delete", "digest") });
  call.node.files.write(file, format(realms));
  return null;
}

/** Deleting pam or pve answers 200 and does nothing lasting (recordings, access n 121). */
function remove(call: Call): null {
  const realm = call.params.text("realm");
  const realms = realmsOf(call);
  if (!realms.delete(realm)) die(`delete auth server failed: domain '${realm}' does not exist`);
  call.node.files.write(file, format(realms));
  return null;
}

const text = commonParams.text;
const texts = [
  "issuer-url",
  "client-id",
  "client-key",
  "username-claim",
  "scopes",
  "prompt",
  "acr-values",
  "audiences",
  "groups-claim",
  "comment",
  "tfa",
  "base_dn",
  "user_attr",
  "server1",
  "server2",
  "mode",
  "domain",
  "bind_dn",
  "filter",
];
const flags = ["autocreate", "default", "groups-autocreate", "groups-overwrite", "query-userinfo", "secure"];
const properties: ParamTable = {
  ...named(texts, text),
  ...named(flags, commonParams.flag),
  port: { type: "integer", optional: true, minimum: 1, maximum: 65535 },
};
const allocate = { perm: "/access/realm", privs: ["Realm.Allocate"] } as const;
const path = "/access/domains/{realm}";

export const domainRoutes: readonly Route[] = [
  { method: "GET", path: "/access/domains", permission: "world", params: {}, handle: list },
  {
    method: "POST",
    path: "/access/domains",
    permission: allocate,
    worker: true,
    params: {
      ...properties,
      realm: commonParams.realm,
      type: { type: "string", enum: ["ad", "ldap", "openid", "pam", "pve"] },
    },
    handle: create,
  },
  {
    method: "GET",
    path,
    permission: { perm: "/access/realm", privs: ["Realm.Allocate", "Sys.Audit"], any: true },
    params: { realm: commonParams.realm },
    handle: read,
  },
  {
    method: "PUT",
    path,
    permission: allocate,
    worker: true,
    params: { ...properties, realm: commonParams.realm, delete: text, digest: optional(commonParams.digest) },
    handle: update,
  },
  {
    method: "DELETE",
    path,
    permission: allocate,
    worker: true,
    params: { realm: commonParams.realm },
    handle: remove,
  },
];

function named(names: readonly string[], spec: ParamSpec): Record<string, ParamSpec> {
  return Object.fromEntries(names.map((name) => [name, spec]));
}
