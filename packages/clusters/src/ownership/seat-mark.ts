import type { GuestConfig } from "@coppice/pve";
import { stackOf } from "./generation-mark.ts";

/** The tag by which a class finds its own machines in one reading of the cluster. */
export function markTag(mark: string): string {
  return `cp-${mark}`;
}

/** The line in a machine's notes that proves whose it is. */
export function seatMark(mark: string, seat: string): string {
  return `coppice:${mark}/${seat}`;
}

/** What a machine's notes say: who manages it, for people and for our own search. */
export function seatDescription(urn: string, mark: string, seat: string): string {
  const { stack, project } = stackOf(urn);
  return `managed by Coppice, stack ${project}/${stack}\n\n${seatMark(mark, seat)}`;
}

/** Whether a configuration carries the mark of this seat. */
export function isSeat({ mark }: { readonly mark: string }, seat: string, config: GuestConfig): boolean {
  return (config.description ?? "").split("\n").includes(seatMark(mark, seat));
}
