import { forbidden, PveError } from "../kernel/pve-error.ts";
import type { Call } from "./call.ts";
import type { PathCheck, Permission } from "./permission.ts";

function fill(template: string, call: Call): string {
  return template.replace(/\{([^}]+)\}/g, (_, name: string) => call.params.optionalText(name) ?? "");
}

function checkPath(check: PathCheck, call: Call): void {
  if (check.requireParam !== undefined && !call.params.has(check.requireParam)) return;
  call.cluster.require(call.identity, fill(check.perm, call), check.privs, check.any);
}

/**
 * `userid-group`: the privileges on /access/groups, or on a group of the user in parameter `userid`. Creating a user with
 * groups needs them on each group named (pve-access-control, RPCEnvironment.pm).
 */
function checkUserGroup(privileges: readonly string[], byParam: boolean, call: Call): void {
  const { cluster, identity, params } = call;
  if (cluster.allow(identity, "/access/groups", privileges, true)) return;
  const userid = params.optionalText("userid") ?? "";
  const groups = byParam ? params.list("groups") : cluster.access.groupsOf(userid);
  const allowed = (group: string) => cluster.allow(identity, `/access/groups/${group}`, privileges, true);
  if (groups.length > 0 && (byParam ? groups.every(allowed) : groups.some(allowed))) return;
  throw forbidden("/access/groups", privileges);
}

async function checkAny(choices: readonly Permission[], call: Call): Promise<void> {
  let refusal: unknown;
  for (const choice of choices) {
    try {
      return await checkPermission(choice, call);
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

/** Throws 403 unless the caller may make this call. */
export async function checkPermission(permission: Permission, call: Call): Promise<void> {
  if (permission === "world" || permission === "user" || call.identity.isRoot) return;
  if (permission === "root") throw new PveError(403, "Permission check failed (user != root@pam)");
  if (permission === "self") {
    // A token is not its user: compared is the name with the token's (pve-access-control, RPCEnvironment.pm, userid-param).
    if (call.params.optionalText("userid") === call.identity.authid) return;
    throw new PveError(403, "Permission check failed");
  }
  if ("perm" in permission) return checkPath(permission, call);
  if ("userGroup" in permission)
    return checkUserGroup(permission.userGroup, permission.groupsParam === true, call);
  if ("check" in permission) return permission.check(call);
  if ("or" in permission) return checkAny(permission.or, call);
  for (const part of permission.and) await checkPermission(part, call);
}
