import { randomBytes, randomUUID } from "node:crypto";
import type { AccessPort } from "../cluster/access-port.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { cfsLock } from "../cluster/locks.ts";
import { perCluster } from "../cluster/per-cluster.ts";
import { type Identity, identityOf } from "../kernel/identity.ts";
import { PveError } from "../kernel/pve-error.ts";
import { type Privileges, Rights } from "./privileges.ts";
import { hashPassword, matchesHash, SecretFile } from "./secrets.ts";
import { Tickets } from "./tickets.ts";
import { formatUserConfig, parseUserConfig, type UserConfig } from "./user-config.ts";

const userFile = "user.cfg";
const keyFile = "priv/authkey.key";

/** Users, tickets, tokens, roles and rights of one cluster. */
export class Access implements AccessPort {
  readonly tickets: Tickets;
  /** Token secrets by `user@realm!id`. */
  readonly tokenSecrets: SecretFile;
  readonly #passwords: SecretFile;
  readonly #cluster: Cluster;
  #parsed: { readonly text: string; readonly config: UserConfig; readonly rights: Rights } | undefined;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    const { files } = cluster;
    this.tokenSecrets = new SecretFile(files, "priv/token.cfg", " ");
    this.#passwords = new SecretFile(files, "priv/shadow.cfg", ":");
    const secret = files.read(keyFile) ?? randomBytes(32).toString("hex");
    if (files.read(keyFile) === undefined) files.write(keyFile, secret);
    this.tickets = new Tickets(secret);
  }

  /** user.cfg as it is now. Not to be changed: see {@link edit}. */
  get config(): UserConfig {
    return this.#current().config;
  }

  /**
   * Changes user.cfg under its cluster-wide lock; refusals get `prefix` in front, as Proxmox words them.
   *
   * @example await access.edit(node, "create user failed", (config) => config.users.set(…))
   */
  async edit<T>(
    node: { readonly name: string },
    prefix: string,
    change: (config: UserConfig) => T,
  ): Promise<T> {
    const at = this.#cluster.node(node.name);
    try {
      return await cfsLock(this.#cluster, at, "file-user_cfg", async () => {
        const config = parseUserConfig(this.#text());
        const result = change(config);
        at.files.write(userFile, formatUserConfig(config));
        return result;
      });
    } catch (error) {
      if (error instanceof PveError && error.status === 500)
        throw new PveError(500, `${prefix}: ${error.message}`);
      throw error;
    }
  }

  allows(identity: Identity, path: string, privileges: readonly string[], any = false): boolean {
    if (identity.isRoot) return true;
    const held = this.privileges(identity, path);
    return any ? privileges.some((name) => held.has(name)) : privileges.every((name) => held.has(name));
  }

  privileges(identity: Identity, path: string): Privileges {
    return this.#current().rights.privileges(identity, path);
  }

  groupsOf(userid: string): readonly string[] {
    return [...this.config.groups].filter(([, group]) => group.users.has(userid)).map(([id]) => id);
  }

  /** The privileges of a role, built in or not. */
  rolePrivileges(roleid: string): readonly string[] | undefined {
    return this.#cluster.version.roles[roleid] ?? this.config.roles.get(roleid);
  }

  /** True when the user may log in: there, enabled and not expired. */
  isActive(userid: string): boolean {
    const user = this.config.users.get(userid);
    return user !== undefined && user.enable && !this.#isPast(user.expire);
  }

  /** Who a ticket belongs to, for a node whose clock says `now`. */
  ticketIdentity(ticket: string, now: number): Identity | undefined {
    const userid = this.tickets.verify(ticket, now);
    return userid !== undefined && this.isActive(userid) ? identityOf(userid) : undefined;
  }

  /** Who `user@realm!id=secret` belongs to. */
  tokenIdentity(text: string): Identity | undefined {
    const match = /^([^\s!=]+@[^\s!=]+)!([A-Za-z][A-Za-z0-9.\-_]+)=(\S+)$/.exec(text);
    if (match === null) return undefined;
    const [, userid = "", id = "", secret = ""] = match;
    const token = this.config.users.get(userid)?.tokens.get(id);
    if (token === undefined || !this.isActive(userid) || this.#isPast(token.expire)) return undefined;
    return this.tokenSecrets.get(`${userid}!${id}`) === secret ? identityOf(`${userid}!${id}`) : undefined;
  }

  /** True when the password is the user's. */
  checkPassword(userid: string, password: string): boolean {
    const hash = this.#passwords.get(userid);
    return hash !== undefined && matchesHash(password, hash);
  }

  /** Sets or, with undefined, forgets a user's password. */
  setPassword(userid: string, password: string | undefined): void {
    this.#passwords.set(userid, password === undefined ? undefined : hashPassword(password));
  }

  newTokenSecret(full: string): string {
    const secret = randomUUID();
    this.tokenSecrets.set(full, secret);
    return secret;
  }

  poolOf(vmid: number): string | undefined {
    for (const [name, pool] of this.config.pools) {
      if (pool.vms.has(vmid)) return name;
    }
    return undefined;
  }

  hasPool(pool: string): boolean {
    return this.config.pools.has(pool);
  }

  poolMembers(pool: string): { readonly vms: readonly number[]; readonly storages: readonly string[] } {
    const found = this.config.pools.get(pool);
    return { vms: [...(found?.vms ?? [])], storages: [...(found?.storages ?? [])] };
  }

  async addToPool(node: { readonly name: string }, vmid: number, pool: string): Promise<void> {
    await this.edit(node, "can't add VM to pool", (config) => {
      config.pools.get(pool)?.vms.add(vmid);
    });
  }

  async forgetGuest(node: { readonly name: string }, vmid: number): Promise<void> {
    const path = `/vms/${vmid}`;
    const known = this.poolOf(vmid) !== undefined || this.config.acl.some((entry) => entry.path === path);
    if (!known) return;
    await this.edit(node, "access permissions cleanup for VM failed", (config) => {
      config.acl = config.acl.filter((entry) => entry.path !== path);
      for (const pool of config.pools.values()) pool.vms.delete(vmid);
    });
  }

  #isPast(expire: number): boolean {
    return expire !== 0 && expire <= this.#cluster.seconds();
  }

  #text(): string {
    return this.#cluster.files.read(userFile) ?? "";
  }

  #current() {
    const text = this.#text();
    if (this.#parsed?.text === text) return this.#parsed;
    const config = parseUserConfig(text);
    const { roles } = this.#cluster.version;
    const rights = new Rights(config, (roleid) => roles[roleid] ?? config.roles.get(roleid));
    this.#parsed = { text, config, rights };
    return this.#parsed;
  }
}

export const accessOf = perCluster((cluster) => new Access(cluster));
