import type { Identity } from "../kernel/identity.ts";
import type { AclEntry, UserConfig } from "./user-config.ts";

/** Privilege to whether it propagates to paths below. */
export type Privileges = ReadonlyMap<string, boolean>;

type Roles = Map<string, boolean>;

/** Privileges by role: the built-in ones and those of user.cfg. */
export type RolePrivileges = (roleid: string) => readonly string[] | undefined;

/** `/`, `/vms`, `/vms/100`: a path and everything above it, from the top. */
export function pathLevels(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return ["/", ...parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`)];
}

/** Answers questions about the rights of one version of user.cfg. */
export class Rights {
  readonly #config: UserConfig;
  readonly #rolePrivileges: RolePrivileges;
  readonly #byPath = new Map<string, AclEntry[]>();
  readonly #cache = new Map<string, Privileges>();
  readonly #poolsOf = new Map<string, string[]>();
  #rootPrivileges: Privileges | undefined;

  constructor(config: UserConfig, rolePrivileges: RolePrivileges) {
    this.#config = config;
    this.#rolePrivileges = rolePrivileges;
    for (const entry of config.acl) append(this.#byPath, entry.path, entry);
    for (const [name, pool] of config.pools) {
      for (const vmid of pool.vms) append(this.#poolsOf, `/vms/${vmid}`, name);
      for (const storage of pool.storages) append(this.#poolsOf, `/storage/${storage}`, name);
    }
  }

  /** The privileges on a path; a token with privilege separation has what both it and its owner have. */
  privileges(identity: Identity, path: string): Privileges {
    if (identity.userid === "root@pam" && this.#hasAllOf(identity)) return this.#all();
    const key = `${identity.authid} ${path}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const found = this.#compute(identity, path);
    this.#cache.set(key, found);
    return found;
  }

  /** True when the token, if any, has everything its owner has. */
  #hasAllOf({ userid, tokenid }: Identity): boolean {
    return tokenid === undefined || this.#config.users.get(userid)?.tokens.get(tokenid)?.privsep === false;
  }

  /** What root holds is the same on every path. */
  #all(): Privileges {
    this.#rootPrivileges ??= this.#ofSubject("root@pam", "/");
    return this.#rootPrivileges;
  }

  #compute({ userid, tokenid, authid }: Identity, path: string): Privileges {
    const own = this.#ofSubject(userid, path);
    if (tokenid === undefined) return own;
    if (this.#config.users.get(userid)?.tokens.get(tokenid)?.privsep === false) return own;
    const token = this.#ofSubject(authid, path);
    const both = [...token].filter(([name]) => own.has(name));
    return new Map(both.map(([name, propagate]) => [name, propagate && own.get(name) === true]));
  }

  /** Roles on the path, those inherited from pools, then their privileges (pve-access-control, RPCEnvironment.pm). */
  #ofSubject(subject: string, path: string): Privileges {
    const roles = this.#roles(subject, path);
    const pools = this.#poolsOf.get(path);
    if (pools !== undefined && !roles.has("NoAccess")) this.#addPoolRoles(subject, pools, roles);
    const privileges = new Map<string, boolean>();
    for (const [role, propagate] of roles) {
      for (const name of this.#rolePrivileges(role) ?? [])
        privileges.set(name, (privileges.get(name) ?? false) || propagate);
    }
    return privileges;
  }

  #addPoolRoles(subject: string, pools: readonly string[], roles: Roles): void {
    const fromPools = pools.flatMap((pool) => [...this.#roles(subject, `/pool/${pool}`).keys()]);
    if (fromPools.includes("NoAccess")) {
      roles.clear();
      return;
    }
    for (const role of fromPools) {
      if (!roles.has(role)) roles.set(role, false);
    }
  }

  #roles(subject: string, path: string): Roles {
    if (subject === "root@pam") return new Map([["Administrator", true]]);
    let roles: Roles = new Map();
    const levels = pathLevels(path);
    for (const level of levels) {
      const entries = this.#byPath.get(level);
      if (entries === undefined) continue;
      const last = level === levels.at(-1);
      const applies = entries.filter((entry) => last || entry.propagate);
      const direct = applies.filter((entry) => entry.type !== "group" && entry.ugid === subject);
      const chosen = direct.length > 0 ? direct : applies.filter((entry) => this.#inGroup(entry, subject));
      // A deeper level replaces what was inherited.
      if (chosen.length > 0) roles = new Map(chosen.map((entry) => [entry.roleid, entry.propagate]));
    }
    const nothing = roles.get("NoAccess");
    return nothing === undefined ? roles : new Map([["NoAccess", nothing]]);
  }

  #inGroup(entry: AclEntry, subject: string): boolean {
    return entry.type === "group" && this.#config.groups.get(entry.ugid)?.users.has(subject) === true;
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
