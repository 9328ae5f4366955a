import { holdsRight, holdsRightBelow, type Permissions } from "@coppice/pve";

/** A privilege on a path; `below` asks for it on everything beneath, which is there or will be. */
export interface Right {
  readonly privilege: string;
  readonly path: string;
  readonly below?: true;
}

/** A privilege on all machines, or on those of a pool: its members have what is granted on it. */
export function onMachine(pool: string | undefined, privilege: string): Right[] {
  const all: Right = { privilege, path: "/vms", below: true };
  return pool === undefined ? [all] : [all, { privilege, path: `/pool/${pool}` }];
}

/**
 * The needs that permissions do not meet; of each one right is enough.
 *
 * @example missingOf(permissions, [onMachine("lab", "VM.Audit")]) // ["VM.Audit on /vms or /pool/lab"]
 */
export function missingOf(permissions: Permissions, needs: readonly (readonly Right[])[]): string[] {
  const isHeld = ({ privilege, path, below }: Right) =>
    below ? holdsRightBelow(permissions, path, privilege) : holdsRight(permissions, path, privilege);
  const missing = needs.filter((choices) => !choices.some(isHeld));
  return [...new Set(missing.map(textOf))];
}

/** Paths of one privilege together; another privilege that would do as well is named in full. */
function textOf(choices: readonly Right[]): string {
  const privileges = Map.groupBy(choices, ({ privilege }) => privilege);
  return [...privileges]
    .map(([privilege, rights]) => `${privilege} on ${rights.map(({ path }) => path).join(" or ")}`)
    .join(", or ");
}
