import { isTaggedOurs } from "./tags.ts";

/** Name of the template that carries a generation. */
export function generationName(inputs: { readonly class: string; readonly number: number }): string {
  return `${generationStart(inputs.class)}${inputs.number}`;
}

function generationStart(className: string): string {
  return `${className}-generation-`;
}

/** Name of a machine that only brings fresh disks to a seat and goes again. */
export function spareGuestName(className: string): string {
  return `${className}-spare`;
}

/**
 * Whether a guest looks like a seat of a class, so that its notes need no look. In a guest's first ten seconds Proxmox shows
 * no name, a stand-in, or that of the number's former guest (docs/proxmox-facts.md#fresh-guests): also that of another generation.
 */
export function looksLikeSeat(
  guest: { readonly name?: string; readonly tags: readonly string[]; readonly template: boolean },
  className: string,
): boolean {
  const { name = "", tags, template } = guest;
  const isOfClass = name.startsWith(`${className}-`) && !name.startsWith(generationStart(className));
  return isOfClass && !template && isTaggedOurs(tags);
}
