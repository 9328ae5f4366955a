import type { Identity } from "../kernel/identity.ts";

/** What the rest of the emulator asks the access rules; the access folder implements it. */
export interface AccessPort {
  /** True when the identity holds all (or, with `any`, one) of the privileges on the path. */
  allows(identity: Identity, path: string, privileges: readonly string[], any?: boolean): boolean;
  /** The privileges on a path; the value is true when it propagates. */
  privileges(identity: Identity, path: string): ReadonlyMap<string, boolean>;
  groupsOf(userid: string): readonly string[];
  /** The pool a guest belongs to. */
  poolOf(vmid: number): string | undefined;
  hasPool(pool: string): boolean;
  poolMembers(pool: string): { readonly vms: readonly number[]; readonly storages: readonly string[] };
  /** Puts a guest into a pool, under the user.cfg lock. */
  addToPool(node: { readonly name: string }, vmid: number, pool: string): Promise<void>;
  /** Removes a guest's pool membership and ACL entries, under the user.cfg lock. */
  forgetGuest(node: { readonly name: string }, vmid: number): Promise<void>;
}
