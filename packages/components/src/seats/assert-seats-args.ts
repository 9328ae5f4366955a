import { parseName } from "@coppice/core";
import { readField } from "./read-field.ts";
import { refusedField } from "./refused-field.ts";
import type { SeatsArgs } from "./seats-args.ts";

/** Refuses at once what no later check could explain in the words of the arguments. */
export function assertSeatsArgs(component: string, name: string, { seats, roster }: SeatsArgs): void {
  readField(component, "name", () => parseName("class", name));
  if (seats !== undefined && roster !== undefined) {
    const why = `is given (${roster.length} names) and 'seats' too (${seats})`;
    throw refusedField(component, "roster", why, "Give the number of seats or their names, not both");
  }
  if (seats === undefined && roster === undefined) {
    throw refusedField(component, "seats", "is missing", "Give 'seats', a number, or 'roster', the names");
  }
}
