import type { Permissions } from "@coppice/pve";
import { isHeld } from "./held-rights.ts";
import { needsOf } from "./needs-of.ts";

/**
 * The pool that a create has to name in the same call, since the token's rights on machines do not reach all of them.
 * Naming it takes the lock of all users' configuration, so where they do, machines are added afterwards, all at once.
 */
export function poolOfCreation(pool: string | undefined, permissions: Permissions): string | undefined {
  const onAll = needsOf(new Set(["create"]), {}).filter(({ row }) => row.on === "machines");
  return onAll.every(({ rights }) => rights.every((right) => isHeld(permissions, right))) ? undefined : pool;
}
