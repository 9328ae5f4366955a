import { stableMark } from "@coppice/core";
import type { GuestConfig } from "@coppice/pve";

/** The tag of a class's generations that wait for their last disk to leave; the pool of the class finds them by it. */
export function retiredTag(urn: string, className: string): string {
  const { stack, project } = stackOf(urn);
  return `coppice-retired-${stableMark([stack, project, className], 8)}`;
}

/** Stack and project that a URN names. */
export function stackOf(urn: string): { readonly stack: string; readonly project: string } {
  const [, stack = "", project = ""] = /^urn:pulumi:([^:]*)::([^:]*)::/.exec(urn) ?? [];
  return { stack, project };
}

/** Name of the template that carries a generation. */
export function generationName(inputs: { readonly class: string; readonly number: number }): string {
  return `${inputs.class}-generation-${inputs.number}`;
}

/** The line in a template's notes that proves whose generation it is, and of what. */
export function generationMark(
  mark: string,
  { number, source }: { readonly number: number; readonly source: number },
): string {
  return `coppice:${mark}/generation-${number}/of-${source}`;
}

/** What a template's notes say, for people and for our own search. */
export function generationNotes(
  mark: string,
  inputs: { readonly number: number; readonly source: number },
  urn: string,
): string {
  const { stack, project } = stackOf(urn);
  return `managed by Coppice, stack ${project}/${stack}\n\n${generationMark(mark, inputs)}`;
}

/** The source that a template's notes name, if it is this class's generation of that number; undefined if it is not. */
export function markedSource(config: GuestConfig, mark: string, number: number): number | undefined {
  const found = new RegExp(`^coppice:${mark}/generation-${number}/of-(\\d+)$`, "m").exec(
    config.description ?? "",
  );
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
