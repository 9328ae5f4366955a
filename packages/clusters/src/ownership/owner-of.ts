import { findNameProblem } from "@coppice/core";
import { linesOf, markLine } from "./notes.ts";
import { seatOfSpare, spareName } from "./spare-name.ts";
import { isTaggedRetired, markTag } from "./tags.ts";

/** What tells whose a guest is: its notes and its tags, as Proxmox's API gives them. */
export interface GuestSigns {
  readonly description?: string | undefined;
  readonly tags: readonly string[];
}

/** What a guest is to the resource that asks. */
export type Owner =
  | { readonly kind: "seat"; readonly seat: string }
  /** A machine beside a seat that brings fresh disks. */
  | { readonly kind: "spare"; readonly seat: string }
  | GenerationOwner
  /** Somebody else's, or another resource's. */
  | { readonly kind: "foreign" };

/** A template that carries a generation; a retired one waits for the last disk that stands on it. */
export interface GenerationOwner {
  readonly kind: "generation" | "retired generation";
  readonly number: number;
  /** Vmid of what it was made from. */
  readonly source: number;
}

/**
 * Whose a guest is, for the resource with this mark. A line of its notes has to be exactly ours; notes that name two
 * things of ours prove neither.
 *
 * @example ownerOf({ description: "coppice:0123456789/ada\n", tags: [] }, "0123456789") // { kind: "seat", seat: "ada" }
 */
export function ownerOf({ description, tags }: GuestSigns, mark: string): Owner {
  const start = markLine(mark, "");
  const names = linesOf(description).flatMap((line) =>
    line.startsWith(start) ? [line.slice(start.length)] : [],
  );
  const [name, ...others] = new Set(names);
  if (name === undefined || others.length > 0) return { kind: "foreign" };
  return readName(name, tags);
}

function readName(name: string, tags: readonly string[]): Owner {
  const [, number, source] = /^generation-([1-9]\d{0,14})\/of-([1-9]\d{2,8})$/.exec(name) ?? [];
  if (number !== undefined) {
    const kind = isTaggedRetired(tags) ? "retired generation" : "generation";
    return { kind, number: Number(number), source: Number(source) };
  }
  const spared = seatOfSpare(name);
  const seat = spared ?? name;
  if (findNameProblem("seat", seat) !== undefined) return { kind: "foreign" };
  return { kind: spared === undefined ? "seat" : "spare", seat };
}

/** The name under which a class's run knows a machine: the seat's own, or that of its spare machine. */
export function markedName(owner: Owner): string | undefined {
  if (owner.kind === "seat") return owner.seat;
  return owner.kind === "spare" ? spareName(owner.seat) : undefined;
}

/** Whether a guest's notes carry the mark of this seat, or of the spare machine of that name. */
export function isSeat({ mark }: { readonly mark: string }, name: string, guest: GuestSigns): boolean {
  return markedName(ownerOf(guest, mark)) === name;
}

/** The source of a template, if it is this number of the generations with the mark; undefined if it is not. */
export function markedSource(guest: GuestSigns, mark: string, number: number): number | undefined {
  const owner = ownerOf(guest, mark);
  return "source" in owner && owner.number === number ? owner.source : undefined;
}

/** Whether a guest is a generation that retired under this tag, whichever resource made it: notes and tags name the same. */
export function isRetired(guest: GuestSigns, tag: string): boolean {
  if (!guest.tags.includes(tag)) return false;
  const marks = linesOf(guest.description).flatMap((line) => /^coppice:([0-9a-f]+)\//.exec(line)?.[1] ?? []);
  return marks.some(
    (mark) => guest.tags.includes(markTag(mark)) && ownerOf(guest, mark).kind === "retired generation",
  );
}
