import { madeUnder, stableMark } from "@coppice/core";

/**
 * The mark of everything that a resource makes on a cluster: stack and name are in the URN that it was made under, and the
 * id of the state's home before it, where the run was told one.
 */
export function ownershipMark(urn: string): string {
  return stableMark([urn], 10);
}

/** A stack as what a resource was made under names it. */
export interface MadeByStack {
  readonly stack: string;
  readonly project: string;
  /** The id of its state's home. */
  readonly origin?: string;
}

/** Stack and project that a URN names, and the state's home before it. */
export function stackOf(made: string): MadeByStack {
  const { urn, origin } = madeUnder(made);
  const [, stack = "", project = ""] = /^urn:pulumi:([^:]*)::([^:]*)::/.exec(urn) ?? [];
  return { stack, project, ...(origin !== undefined && { origin }) };
}
