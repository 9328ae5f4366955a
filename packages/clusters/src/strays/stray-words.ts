import { documentProjects } from "@coppice/core";
import type { SeenGuest } from "./sight.ts";

/** A guest as people find it: `machine 20003 'lab-ada' on pve1`. */
export function guestWords({ vmid, name, node, template }: SeenGuest): string {
  return `${template ? "template" : "machine"} ${vmid}${name === undefined ? "" : ` '${name}'`} on ${node}`;
}

/** Of whom a run is wanted. */
interface MadeBy {
  /** `project/stack`. */
  readonly stack: string;
  readonly state: { readonly class: string };
}

/** The command by which the next run of whoever made a class mends something. */
export function upOf({ stack, state }: MadeBy): string {
  if (isOfDocuments(stack)) return `\`coppice up <the file of ${state.class}>\``;
  return `\`coppice pulumi up --stack ${stack.split("/").at(-1)}\` in the project '${stack.split("/")[0]}'`;
}

/** The commands by which what is gone is noticed, and made anew. */
export function refreshedUpOf(made: MadeBy): string {
  if (isOfDocuments(made.stack)) return `\`coppice up --refresh <the file of ${made.state.class}>\``;
  return `\`coppice pulumi refresh\`, then ${upOf(made)}`;
}

/** Where a state that was lost comes from. */
export function stateBack(stack: string): string {
  if (!isOfDocuments(stack))
    return `Put the state of ${stack} back that knew it (\`coppice pulumi stack import\`)`;
  // Every home calls its stack like that.
  return `Ask first whether another person's home has it, whose stack is called the same; else put the state of ${stack} back that knew it from a copy of the home`;
}

function isOfDocuments(stack: string): boolean {
  return documentProjects.some((project) => stack.startsWith(`${project}/`));
}

/** A sentence's beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where a guest is, for programs. */
export function placeDetails({ vmid, node }: Pick<SeenGuest, "vmid" | "node">): {
  vmid: number;
  node: string;
} {
  return { vmid, node };
}
