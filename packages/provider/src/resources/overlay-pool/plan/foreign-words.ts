import { byHand, isTaggedOurs, type ObservedGuest } from "@coppice/clusters";
import { foldedSeats } from "@coppice/core";
import type { PlannedClass } from "./planned-class.ts";

/** Somebody else's machines in a class's range, in words: they cost it numbers. One warning for each kind. */
export function foreignWords({ inputs, plan }: Pick<PlannedClass, "inputs" | "plan">): string[] {
  const range = `The range of class '${inputs.class}'`;
  const [shared, foreign] = [true, false].map((isOurs) =>
    plan.foreign.filter(({ tags }) => isTaggedOurs(tags) === isOurs),
  );
  return [
    ...said(
      foreign,
      (guests) => `${range} holds guests that are not ours; their numbers are skipped: ${guests}.`,
    ),
    ...said(
      shared,
      (guests) =>
        `${range} is shared with another class, whose numbers are skipped: ${guests}. Give each class a range of its own in 'vmids'.`,
    ),
  ];
}

function said(guests: readonly ObservedGuest[] = [], sentence: (guests: string) => string): string[] {
  return guests.length === 0 ? [] : [sentence(listed(guests))];
}

/** A few one by one; more by name, number and how many are on each node. */
function listed(guests: readonly ObservedGuest[]): string {
  const [first] = guests;
  const isPlain = guests.every(({ name, lock }) => name !== undefined && lock !== "clone");
  if (first !== undefined && guests.length > MOST && isPlain)
    return foldedSeats(guests.map(({ name = "", vmid, node }) => ({ seat: name, vmid, node })));
  return guests.map(one).join(", ");
}

const MOST = 4;

function one({ vmid, node, name, lock }: ObservedGuest): string {
  // A clone that broke off early does not tell whose it was, so nobody but an operator may remove it.
  const hint = lock === "clone" ? ` (locked by a clone; if that broke off, ${byHand({ node, vmid })})` : "";
  return `${vmid}${name ? ` '${name}'` : ""} on ${node}${hint}`;
}
