import { missingOf } from "@coppice/clusters";
import { holdsRightBelow, type Permissions } from "@coppice/pve";
import type { OverlayPoolInputs } from "../inputs/class-inputs.ts";
import { neededRights, type RightsQuestion, TO_CREATE } from "./needed-rights.ts";

/** The rights that a run's token lacks, as `privilege on path`. */
export function missingRights(question: RightsQuestion): string[] {
  return missingOf(question.permissions, neededRights(question));
}

/**
 * The pool that a create has to name in the same call, since the token's rights on machines do not reach all of them.
 * Naming it takes the lock of all users' configuration, so where they do, machines are added afterwards, all at once.
 */
export function poolOfCreation(
  { pool }: Pick<OverlayPoolInputs, "pool">,
  permissions: Permissions,
): string | undefined {
  return TO_CREATE.every((privilege) => holdsRightBelow(permissions, "/vms", privilege)) ? undefined : pool;
}
