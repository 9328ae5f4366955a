import { isNamed } from "@coppice/core";

/** A value as JSON in which the order of fields is always the same, and what is not said is left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (isNamed(each) ? inOrder(each) : each)) ?? "null";
}

function inOrder(named: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(named).sort(([one], [other]) => (one < other ? -1 : 1)));
}
