import type { Call } from "./call.ts";

/** One privilege check on a path whose `{name}` parts are filled from the parameters. */
export interface PathCheck {
  readonly perm: string;
  readonly privs: readonly string[];
  /** One of the privileges is enough. */
  readonly any?: true;
  /** The check applies only when this parameter was sent. */
  readonly requireParam?: string;
}

/**
 * Who may call a route, as data that mirrors Proxmox's check expressions (pve-access-control, RPCEnvironment.pm).
 *
 * `world`: anybody. `user`: anybody who is logged in. `root`: root@pam with a ticket.
 * `self`: the user named by parameter `userid` himself. `userGroup`: the privileges through a group of parameter `userid`
 * (or on `/access/groups`). `check`: code, for rules that depend on the state; it throws {@link forbidden}.
 *
 * @example { perm: "/vms/{vmid}", privs: ["VM.Audit"] }
 */
export type Permission =
  | "world"
  | "user"
  | "root"
  | "self"
  | PathCheck
  | { readonly userGroup: readonly string[]; readonly groupsParam?: true }
  | { readonly and: readonly Permission[] }
  | { readonly or: readonly Permission[] }
  | { readonly check: (call: Call) => void | Promise<void> };
