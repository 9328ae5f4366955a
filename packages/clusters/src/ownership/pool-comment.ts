import { stableMark } from "@coppice/core";

/** The comment of a Proxmox pool that a resource made: what its user wants it to say, and our mark behind it. */
export function poolComment(comment: string, { urn, poolid }: { urn: string; poolid: string }): string {
  const mark = `[coppice ${stableMark([urn, poolid])}]`;
  return comment === "" ? mark : `${comment} ${mark}`;
}

/** What a pool's comment says beside our mark. */
export function plainPoolComment(comment: string): string {
  return comment.replace(/ ?\[coppice [0-9a-f]{16}\]$/, "");
}
