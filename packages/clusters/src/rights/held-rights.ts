import { holdsRight, holdsRightBelow, type Permissions } from "@coppice/pve";

/** A privilege on a path; `below` asks for it on everything beneath, which is there or will be. */
export interface Right {
  readonly privilege: string;
  readonly path: string;
  readonly below?: true;
}

/** A need of which one right is enough. */
export interface Choices {
  readonly rights: readonly Right[];
}

/** Whether a token may do it. */
export function isHeld(permissions: Permissions, { privilege, path, below }: Right): boolean {
  return below ? holdsRightBelow(permissions, path, privilege) : holdsRight(permissions, path, privilege);
}

/**
 * The needs that permissions do not meet, each with every right that would do.
 *
 * @example missingOf(permissions, needsOf(new Set(["remove"]), { pool: "lab" })) // ["VM.Allocate on /vms or /pool/lab"]
 */
export function missingOf(permissions: Permissions, needs: readonly Choices[]): string[] {
  const missing = needs.filter(({ rights }) => !rights.some((right) => isHeld(permissions, right)));
  return [...new Set(missing.map(({ rights }) => rightsText(rights)))];
}

/** Rights of which one is enough, in words: the paths of one privilege together, another privilege in full. */
export function rightsText(rights: readonly Right[]): string {
  const privileges = Map.groupBy(rights, ({ privilege }) => privilege);
  return [...privileges]
    .map(([privilege, group]) => `${privilege} on ${group.map(({ path }) => path).join(" or ")}`)
    .join(", or ");
}
