import { holdsRight, holdsRightBelow, type Permissions } from "@coppice/pve";
import type { Finding } from "./finding.ts";
import {
  type CheckScope,
  machineRights,
  membershipRights,
  type NeededRight,
  otherRights,
} from "./needed-rights.ts";

/**
 * Compares what a token may do with what a class needs.
 *
 * @example checkRights(permissions, { storage: "nas", bridge: "vmbr0" })
 */
export function checkRights(permissions: Permissions, scope: CheckScope): Finding[] {
  const { pool } = scope;
  const isOutside = pool !== undefined && !endsAtPool(permissions, scope);
  const needed = [
    ...machineRights(scope),
    ...otherRights(scope),
    // Machines that are born in their pool need not be added to it.
    ...(isOutside ? [membershipRights(pool)] : []),
  ];
  return needed.flatMap((right) => judge(permissions, right));
}

/** Whether the token's rights on machines do not reach all of them: then machines are made as members of the pool. */
export function endsAtPool(permissions: Permissions, scope: CheckScope): boolean {
  const vital = machineRights(scope).filter(({ isVital }) => isVital);
  const reachesAll = vital.every(({ privileges }) =>
    privileges.every((privilege) => holdsRightBelow(permissions, "/vms", privilege)),
  );
  return scope.pool !== undefined && !reachesAll;
}

function judge(permissions: Permissions, { paths, privileges, disables, isVital }: NeededRight): Finding[] {
  return privileges.map((privilege): Finding => {
    const path = paths.find((each) => holds(permissions, each, privilege));
    if (path !== undefined) return { state: "ok", what: `${privilege} on ${path}` };
    const what = `${privilege} on ${paths.join(" or ")}`;
    return { state: isVital ? "missing" : "limited", what, disables };
  });
}

/** All machines and all nodes: what is granted there must be handed down. */
function holds(permissions: Permissions, path: string, privilege: string): boolean {
  const isAll = path === "/vms" || path === "/nodes";
  return isAll ? holdsRightBelow(permissions, path, privilege) : holdsRight(permissions, path, privilege);
}
