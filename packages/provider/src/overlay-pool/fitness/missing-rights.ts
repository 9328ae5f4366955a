import { holdsRight, holdsRightBelow, type Permissions } from "@coppice/pve";
import type { OverlayPoolInputs } from "../pool-inputs.ts";
import { neededRights, type Right, type RightsQuestion, TO_CREATE } from "./needed-rights.ts";

/** The rights that a run's token lacks, as `privilege on path`. */
export function missingRights(question: RightsQuestion): string[] {
  const isHeld = ({ privilege, path, below }: Right) =>
    below
      ? holdsRightBelow(question.permissions, path, privilege)
      : holdsRight(question.permissions, path, privilege);
  const missing = neededRights(question).filter((choices) => !choices.some(isHeld));
  return [...new Set(missing.map(textOf))];
}

/** `VM.Audit on /vms or /pool/lab`; another privilege is named in full. */
function textOf(choices: readonly Right[]): string {
  const privileges = Map.groupBy(choices, ({ privilege }) => privilege);
  return [...privileges]
    .map(([privilege, rights]) => `${privilege} on ${rights.map(({ path }) => path).join(" or ")}`)
    .join(", or ");
}

/**
 * The pool that a create has to name in the same call, since the token's rights on machines do not reach all of them.
 * Naming it takes the lock of all users' configuration, so where they do, machines are added afterwards, all at once.
 */
export function poolOfBirth(
  { pool }: Pick<OverlayPoolInputs, "pool">,
  permissions: Permissions,
): string | undefined {
  return TO_CREATE.every((privilege) => holdsRightBelow(permissions, "/vms", privilege)) ? undefined : pool;
}
