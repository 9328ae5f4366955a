import { stableMark } from "@coppice/core";

/** The mark of everything that a resource makes on a cluster: stack and name are in the URN. */
export function ownershipMark(urn: string): string {
  return stableMark([urn], 10);
}

/** Stack and project that a URN names. */
export function stackOf(urn: string): { readonly stack: string; readonly project: string } {
  const [, stack = "", project = ""] = /^urn:pulumi:([^:]*)::([^:]*)::/.exec(urn) ?? [];
  return { stack, project };
}
