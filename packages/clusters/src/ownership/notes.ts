import { stackOf } from "./ownership-mark.ts";

/** The line in a guest's notes that proves whose it is. */
export function markLine(mark: string, name: string): string {
  return `coppice:${mark}/${name}`;
}

/** The same line as it stands in a guest's configuration file, where Proxmox escapes colons (pve-common, `encode_text`). */
export function markLineInFile(mark: string, name: string): string {
  return `#${markLine(mark, name).replaceAll(":", "%3A")}`;
}

/** What a machine's notes say: who manages it, for people, and which seat it is, or which spare machine. */
export function seatDescription(urn: string, mark: string, name: string): string {
  return notesOf(urn, markLine(mark, name));
}

/** What a template's notes say: who manages it, its number, and the source that it was made from. */
export function generationNotes(
  mark: string,
  { number, source }: { readonly number: number; readonly source: number },
  urn: string,
): string {
  return notesOf(urn, markLine(mark, `generation-${number}/of-${source}`));
}

function notesOf(urn: string, line: string): string {
  const { stack, project, origin } = stackOf(urn);
  return `managed by Coppice, stack ${stackWords({ stack: `${project}/${stack}`, origin })}\n\n${line}`;
}

/** A stack (`project/stack`) as notes name it: which home its state has is said for whoever has lost that. */
export function stackWords({
  stack,
  origin,
}: {
  readonly stack: string;
  readonly origin?: string | undefined;
}): string {
  return origin === undefined ? stack : `${stack} of home ${origin}`;
}

/** The lines of notes. Proxmox ends them with a line break, and whoever edits them by hand may leave others' endings. */
export function linesOf(notes: string | undefined): string[] {
  return (notes ?? "").split("\n").map((line) => line.trimEnd());
}
