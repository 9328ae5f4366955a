import type { GenerationOwner } from "../ownership/owner-of.ts";
import type { RecordedClass, RecordedGeneration } from "./recorded-stack.ts";
import type { SeenGuest } from "./sight.ts";
import type { Standers } from "./standers.ts";
import type { Stray } from "./stray.ts";
import { capital, guestWords, placeDetails, stateBack, upOf } from "./stray-words.ts";

/** A guest whose notes name a generation, with what the states say of that. */
export interface MarkedGeneration {
  readonly guest: SeenGuest;
  readonly owner: GenerationOwner;
  /** The stack that its notes name. */
  readonly stack: string;
  /** The resource with its mark, where a state has it. */
  readonly generation: RecordedGeneration | undefined;
  /** The class that it retired from, where a state has that. */
  readonly retiredOf: RecordedClass | undefined;
}

/**
 * A generation that a state has is as it should be, also when nobody stands on it yet. One that retired waits for its last
 * disk; one that no state knows is a stray in any case.
 */
export function judgeGeneration(marked: MarkedGeneration, standers: Standers): Stray[] {
  const { guest, owner, generation } = marked;
  const count = standers.get(guest.vmid) ?? 0;
  if (!guest.template) return [copyOf(marked)];
  const isRecorded =
    generation?.state.number === owner.number &&
    Object.values(generation.state.copies).some(({ vmid }) => vmid === guest.vmid);
  if (isRecorded) return [];
  const isWaiting = owner.kind === "retired generation" && count > 0;
  return isWaiting ? [] : [stray(marked, count)];
}

function stray({ guest, owner, stack, generation, retiredOf }: MarkedGeneration, count: number): Stray {
  const of = retiredOf ?? generation;
  const whose = of === undefined ? `made by ${stack}` : `of class '${of.state.class}' in ${of.stack}`;
  const disks =
    count === 0 ? "no disk stands on it" : `${count} disk${count === 1 ? " stands" : "s stand"} on it`;
  const isRetired = owner.kind === "retired generation";
  const state = isRetired ? "retired" : "in no state";
  return {
    kind: "generation",
    what: `${capital(guestWords(guest))}, generation ${owner.number} ${whose}, is ${state}, and ${disks}`,
    why: "It takes the room of a full disk, and a number",
    mend: mendOf({ guest, retiredOf, stack }, count),
    details: { ...placeDetails(guest), stack: of?.stack ?? stack, generation: owner.number, standers: count },
  };
}

function mendOf(
  { guest, retiredOf, stack }: Pick<MarkedGeneration, "guest" | "retiredOf" | "stack">,
  count: number,
): string {
  const { vmid, node } = guest;
  if (retiredOf !== undefined)
    return `The class's next run that changes something removes it: ${upOf(retiredOf)}`;
  const state = stateBack(stack);
  if (count > 0)
    return `${state}, or free it of its disks first: \`coppice overlay flatten\` copies a machine out of it`;
  return `${state}, or remove it on ${node}: \`qm destroy ${vmid} --purge\`. Proxmox refuses while a disk stands on it`;
}

function copyOf({ guest }: MarkedGeneration): Stray {
  return {
    kind: "mark",
    what: `${capital(guestWords(guest))} carries the mark of a generation, and is no template`,
    why: "It is a copy that somebody made: it looks like ours to people, and nobody of us ever touches it",
    mend: `Take mark and tags away on ${guest.node}: \`qm set ${guest.vmid} --delete tags,description\``,
    details: placeDetails(guest),
  };
}
