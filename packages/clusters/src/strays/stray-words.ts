import type { SeenGuest } from "./sight.ts";

/** A guest as people find it: `machine 20003 'lab-ada' on pve1`. */
export function guestWords({ vmid, name, node, template }: SeenGuest): string {
  return `${template ? "template" : "machine"} ${vmid}${name === undefined ? "" : ` '${name}'`} on ${node}`;
}

/** The command by which a stack's own next run mends something. */
export function upOf(stack: string): string {
  return `\`coppice pulumi up --stack ${stack.split("/").at(-1)}\` in the project '${stack.split("/")[0]}'`;
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
