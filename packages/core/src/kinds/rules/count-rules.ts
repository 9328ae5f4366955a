import type { Mistake, Rule } from "../../description/mistake.ts";
import { seatNames } from "../../values/seat-names.ts";
import type { Vmids } from "../generated/inputs.ts";

/** What the number of seats is called where a rule is asked. */
export type CountField = "seats" | "count";

/** A number of seats, or their names. */
export interface Counted {
  readonly seats?: number;
  readonly count?: number;
  readonly roster?: readonly string[];
}

/** How many seats are described. */
export function seatTotal({ seats, count, roster }: Counted): number {
  return roster?.length ?? seats ?? count ?? 0;
}

/** The names of the seats that are described, in order. */
export function describedSeats(counted: Counted): readonly string[] {
  return counted.roster ?? seatNames(seatTotal(counted));
}

type Inputs = Counted & { readonly empty: boolean };

/** A class has a number of seats or their names, and says so when it shall have none. */
export function countRule(field: CountField): Rule<Inputs> {
  return { needs: [field, "roster", "empty"], find: (inputs) => countMistakes(field, inputs) };
}

function countMistakes(field: CountField, inputs: Inputs): Mistake[] {
  const { [field]: count, roster, empty } = inputs;
  if (count === undefined && roster === undefined) {
    return [{ path: [field], reason: `is missing; give '${field}', a number, or 'roster', the names` }];
  }
  if (count !== undefined && roster !== undefined) {
    const reason = `is given (${roster.length} names) and '${field}' too (${count})`;
    return [{ path: ["roster"], reason: `${reason}; give the number of seats or their names, not both` }];
  }
  const total = seatTotal(inputs);
  if (total === 0) return empty ? [] : [noSeats(field, roster)];
  if (empty) return [{ path: ["empty"], reason: `is true, and there are ${total} seats; leave it out` }];
  return namesakes(roster ?? []);
}

/** Nobody removes a whole class by a slip of the keyboard. */
function noSeats(field: CountField, roster: Counted["roster"]): Mistake {
  const what = roster === undefined ? "is 0" : "is an empty list";
  const wayOut =
    "set 'empty: true' if that is meant, or remove the whole: `coppice destroy` a document's, `pulumi destroy` a program's";
  const path = [roster === undefined ? field : "roster"];
  return { path, reason: `${what}, which would leave no machine; ${wayOut}` };
}

function namesakes(roster: readonly string[]): Mistake[] {
  const before = new Set<string>();
  return roster.flatMap((seat, index) => {
    if (before.size < before.add(seat).size) return [];
    const reason = `is "${seat}", which is in the roster twice; every seat needs a name of its own`;
    return [{ path: ["roster", index], reason }];
  });
}

/** The range has a number for every seat; that of a class has its first for the teacher, whether there is one or not. */
export function rangeRule(
  field: CountField,
  { teacher }: { readonly teacher: boolean },
): Rule<Counted & { readonly vmids: Vmids }> {
  const find = ({ vmids: { from, to }, ...counted }: Counted & { readonly vmids: Vmids }) => {
    const needed = seatTotal(counted) + (teacher ? 1 : 0);
    const numbers = to - from + 1;
    if (needed <= numbers) return [];
    const who = `${times(seatTotal(counted), "seat")}${teacher ? " and the teacher, whose the first is" : ""}`;
    const reason = `holds ${times(numbers, "number")} for ${who}; widen it to at least ${from}–${from + needed - 1}`;
    return [{ path: ["vmids"], reason }];
  };
  return { needs: ["vmids", field, "roster"], find };
}

function times(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
