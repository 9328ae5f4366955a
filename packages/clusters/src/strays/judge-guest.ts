import { claimsOf } from "../ownership/claims.ts";
import { stackWords } from "../ownership/notes.ts";
import { markedName, type Owner, ownerOf } from "../ownership/owner-of.ts";
import { isTaggedOurs, isTaggedRetired } from "../ownership/tags.ts";
import { judgeGeneration } from "./judge-generation.ts";
import type { Ledger } from "./ledger.ts";
import { isInside, type RecordedClass } from "./recorded-stack.ts";
import type { SeenGuest } from "./sight.ts";
import type { Standers } from "./standers.ts";
import type { Stray } from "./stray.ts";
import { capital, guestWords, placeDetails, stateBack, upOf } from "./stray-words.ts";

/** What a guest turns out to be; neither: it is nothing of ours, or where its state says. */
export interface JudgedGuest {
  readonly strays: readonly Stray[];
  readonly other?: { readonly stack: string; readonly vmid: number };
}

const fine: JudgedGuest = { strays: [] };

/** Judges one guest by its notes; tags alone prove nothing, since a clone has those of its source. */
export function judgeGuest(guest: SeenGuest, ledger: Ledger, standers: Standers): JudgedGuest {
  const { config, vmid } = guest;
  if (config === undefined) return fine;
  const { marks, stack: madeBy = "", origin } = claimsOf(config.description);
  const stack = stackWords({ stack: madeBy, origin });
  const [mark] = marks;
  if (mark === undefined) return { strays: unproven(guest, ledger) };
  if (marks.length > 1) return { strays: [twice(guest)] };
  const owner = ownerOf({ description: config.description, tags: guest.tags }, mark);
  const recorded = ledger.classOf.get(mark);
  if (recorded !== undefined) return { strays: ofClass(guest, owner, recorded) };
  const retiredOf = guest.tags.flatMap((tag) => ledger.classOfRetired.get(tag) ?? [])[0];
  const generation = ledger.generationOf.get(mark);
  const isKnown = generation !== undefined || retiredOf !== undefined || ledger.stacks.has(stack);
  if (!isKnown) return { strays: [], other: { stack, vmid } };
  if ("source" in owner)
    return { strays: judgeGeneration({ guest, owner, stack, generation, retiredOf }, standers) };
  return { strays: [ofNoClass(guest, stack)] };
}

function ofClass(guest: SeenGuest, owner: Owner, madeBy: RecordedClass): Stray[] {
  const { state, stack } = madeBy;
  const name = markedName(owner);
  if (name === undefined) return [copied(guest, `class '${state.class}'`)];
  const recorded = state.seats[name]?.vmid;
  if (recorded === guest.vmid) return [];
  if (!isInside([state.vmids], guest.vmid))
    return [copied(guest, `seat '${name}' of class '${state.class}'`)];
  const elsewhere = recorded === undefined ? "has no machine for it" : `has machine ${recorded} for it`;
  return [
    {
      kind: "machine",
      what: `${capital(guestWords(guest))} carries the mark of '${name}' of class '${state.class}', and the state of ${stack} ${elsewhere}`,
      why: "A run that was cut off left it, or the state is older than the machine; it takes a number and what its disks hold",
      mend: `The class's next run finishes it or removes it with its disks: ${upOf(madeBy)}. Save before what is to be kept of them`,
      details: { ...placeDetails(guest), stack, class: state.class, seat: name },
    },
  ];
}

function ofNoClass(guest: SeenGuest, stack: string): Stray {
  return {
    kind: "machine",
    what: `${capital(guestWords(guest))} was made by ${stack}, and no class in that stack's state has its mark`,
    why: "The class was taken out of the state, or the state was lost, while its machines stayed: no run finds or removes it",
    mend: `${stateBack(stack)}, or remove it on ${guest.node} when nobody needs it: \`qm destroy ${guest.vmid} --purge\``,
    details: { ...placeDetails(guest), stack },
  };
}

/** A clone takes over notes and tags (qemu-server, clone_vm copies every option). */
function copied(guest: SeenGuest, of: string): Stray {
  return {
    kind: "mark",
    what: `${capital(guestWords(guest))} carries the mark of ${of}, and is none of its machines`,
    why: "It is a copy that somebody made: it looks like ours to people, and inside the range of the class a run would take it for a leftover",
    mend: `Take mark and tags away on ${guest.node}: \`qm set ${guest.vmid} --delete tags,description\``,
    details: placeDetails(guest),
  };
}

function twice(guest: SeenGuest): Stray {
  return {
    kind: "mark",
    what: `${capital(guestWords(guest))} carries the marks of several things in its notes`,
    why: "Notes that name two things prove neither: no run touches it",
    mend: `Leave the line of the one that it is, by \`qm set ${guest.vmid} --description …\` on ${guest.node}`,
    details: placeDetails(guest),
  };
}

/** Without a line of ours: it has our tags, or is in the making at a number of ours. */
function unproven(guest: SeenGuest, { ranges, classes }: Ledger): Stray[] {
  const { tags, lock, vmid, node } = guest;
  if (lock === "create" || lock === "clone") {
    const of = classes.find(({ state }) => isInside([state.vmids], vmid));
    if (!isInside(ranges, vmid) || of === undefined) return [];
    return [
      {
        kind: "machine",
        what: `${capital(guestWords(guest))} is locked by a ${lock}, in the range of class '${of.state.class}', and in no state`,
        why: "It is being made now, or its making was cut off; until it ends nobody can tell whose it is",
        mend: `Look again when no run is at work; what was cut off the class's next run removes: ${upOf(of)}`,
        details: { ...placeDetails(guest), stack: of.stack, class: of.state.class },
      },
    ];
  }
  if (!isTaggedOurs(tags) && !isTaggedRetired(tags)) return [];
  return [
    {
      kind: "mark",
      what: `${capital(guestWords(guest))} has our tags, and its notes do not say that it is ours`,
      why: "Somebody gave it the tags, or took our line out of its notes: no run touches it",
      mend: `Take the tags away on ${node}: \`qm set ${vmid} --delete tags\`; or put the line back into its notes that it had`,
      details: placeDetails(guest),
    },
  ];
}
