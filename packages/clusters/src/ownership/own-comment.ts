import { stableMark } from "@coppice/core";

/** What a resource made whose comment people write: a Proxmox pool, a group, a user, a token. */
export interface OwnThing {
  /** The URN that the resource was made under. */
  readonly urn: string;
  /** What it is called in Proxmox. */
  readonly id: string;
}

const MARK = / ?\[coppice [0-9a-f]{16}\]$/;

/** The comment of what a resource made: what its user wants it to say, and our mark behind it. */
export function ownComment(comment: string, { urn, id }: OwnThing): string {
  const mark = `[coppice ${stableMark([urn, id])}]`;
  return comment === "" ? mark : `${comment} ${mark}`;
}

/** What a comment says beside our mark. */
export function plainComment(comment: string): string {
  return comment.replace(MARK, "");
}

/** Whose a comment says that something is: this resource's, another's, or nobody's who marks things. */
export function commentOwner(comment: string, thing: OwnThing): "own" | "other" | "nobody" {
  if (!MARK.test(comment)) return "nobody";
  return ownComment(plainComment(comment), thing) === comment ? "own" : "other";
}
