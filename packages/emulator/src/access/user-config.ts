import { byName } from "../kernel/by-name.ts";

/** A user in user.cfg. */
export interface User {
  enable: boolean;
  /** Seconds since the epoch; 0 for never. */
  expire: number;
  firstname: string;
  lastname: string;
  email: string;
  comment: string;
  keys: string;
  readonly tokens: Map<string, Token>;
}

/** An API token in user.cfg; its secret lies in priv/token.cfg. */
export interface Token {
  expire: number;
  privsep: boolean;
  comment: string;
}

/** A group in user.cfg. */
export interface Group {
  comment: string;
  readonly users: Set<string>;
}

/** A pool in user.cfg. */
export interface Pool {
  comment: string;
  readonly vms: Set<number>;
  readonly storages: Set<string>;
}

/** One right: path, who, role. */
export interface AclEntry {
  readonly path: string;
  readonly type: "user" | "group" | "token";
  readonly ugid: string;
  readonly roleid: string;
  propagate: boolean;
}

/** Everything user.cfg holds. */
export interface UserConfig {
  readonly users: Map<string, User>;
  readonly groups: Map<string, Group>;
  readonly roles: Map<string, readonly string[]>;
  readonly pools: Map<string, Pool>;
  acl: AclEntry[];
}

/** A user nobody has described yet. */
export function newUser(): User {
  return {
    enable: true,
    expire: 0,
    firstname: "",
    lastname: "",
    email: "",
    comment: "",
    keys: "",
    tokens: new Map(),
  };
}

/** Text as Proxmox keeps it in colon-separated files (pve-common, encode_text). */
function encode(text: string): string {
  return text.replace(/[%:\u0000-\u001f\u007f-\uffff,]/g, (char) =>
    encodeURIComponent(char).replace(/^[^%]/, hexOf),
  );
}

function hexOf(char: string): string {
  return `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function split(text: string | undefined): string[] {
  return (text ?? "").split(",").filter((item) => item !== "");
}

function readUser(config: UserConfig, fields: readonly string[]): void {
  const [userid = "", enable, expire, firstname = "", lastname = "", email = "", comment = "", keys = ""] =
    fields;
  config.users.set(userid, {
    ...newUser(),
    enable: enable === "1",
    expire: Number(expire ?? 0),
    firstname: decode(firstname),
    lastname: decode(lastname),
    email,
    comment: decode(comment),
    keys,
  });
}

function readToken(config: UserConfig, fields: readonly string[]): void {
  const [full = "", expire, privsep, comment = ""] = fields;
  const [userid = "", id = ""] = full.split("!");
  const token = { expire: Number(expire ?? 0), privsep: privsep === "1", comment: decode(comment) };
  config.users.get(userid)?.tokens.set(id, token);
}

function readPool(config: UserConfig, fields: readonly string[]): void {
  const [pool = "", comment = "", vms, storages] = fields;
  config.pools.set(pool, {
    comment: decode(comment),
    vms: new Set(split(vms).map(Number)),
    storages: new Set(split(storages)),
  });
}

function readAcl(config: UserConfig, fields: readonly string[]): void {
  const [propagate, path = "", subjects, roles] = fields;
  for (const subject of split(subjects)) {
    const group = subject.startsWith("@");
    const type = group ? "group" : subject.includes("!") ? "token" : "user";
    for (const roleid of split(roles)) {
      config.acl.push({
        path,
        type,
        ugid: group ? subject.slice(1) : subject,
        roleid,
        propagate: propagate === "1",
      });
    }
  }
}

/** Reads user.cfg; root@pam is always there. */
export function parseUserConfig(text: string): UserConfig {
  const config: UserConfig = {
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
    pools: new Map(),
    acl: [],
  };
  for (const line of text.split("\n")) {
    const [kind, ...fields] = line.split(":");
    if (kind === "user") readUser(config, fields);
    else if (kind === "token") readToken(config, fields);
    else if (kind === "group")
      config.groups.set(fields[0] ?? "", {
        users: new Set(split(fields[1])),
        comment: decode(fields[2] ?? ""),
      });
    else if (kind === "pool") readPool(config, fields);
    else if (kind === "role") config.roles.set(fields[0] ?? "", split(fields[1]));
    else if (kind === "acl") readAcl(config, fields);
  }
  if (!config.users.has("root@pam")) config.users.set("root@pam", newUser());
  return config;
}

function userLines(config: UserConfig): string[] {
  return [...config.users].sort(byName).flatMap(([userid, user]) => {
    const names = `${encode(user.firstname)}:${encode(user.lastname)}:${user.email}:${encode(user.comment)}:${user.keys}`;
    const tokens = [...user.tokens]
      .sort(byName)
      .map(
        ([id, token]) =>
          `token:${userid}!${id}:${token.expire}:${token.privsep ? 1 : 0}:${encode(token.comment)}:`,
      );
    return [`user:${userid}:${user.enable ? 1 : 0}:${user.expire}:${names}:`, ...tokens];
  });
}

/** Writes user.cfg as pve-access-control does: users with their tokens, groups, pools, roles, rights. */
export function formatUserConfig(config: UserConfig): string {
  const groups = [...config.groups]
    .sort(byName)
    .map(([id, group]) => `group:${id}:${[...group.users].sort().join(",")}:${encode(group.comment)}:`);
  const pools = [...config.pools].sort(byName).map(([id, pool]) => {
    const vms = [...pool.vms].sort((a, b) => a - b).join(",");
    return `pool:${id}:${encode(pool.comment)}:${vms}:${[...pool.storages].sort().join(",")}:`;
  });
  const roles = [...config.roles]
    .sort(byName)
    .map(([id, privs]) => `role:${id}:${[...privs].sort().join(",")}:`);
  const acl = config.acl.map((entry) => {
    const subject = entry.type === "group" ? `@${entry.ugid}` : entry.ugid;
    return `acl:${entry.propagate ? 1 : 0}:${entry.path}:${subject}:${entry.roleid}:`;
  });
  const parts = [userLines(config), groups, pools, roles, acl.sort()];
  return `${parts.map((lines) => lines.map((line) => `${line}\n`).join("")).join("\n")}\n`;
}
