import { isList, type Properties } from "@coppice/core";
import type { RecordedDocument } from "@coppice/engine";

/** How many seats are not as they were last told to be: those that a run noted, and those that none has come to. */
export function unfinishedSeats({ seats, inputs }: Pick<RecordedDocument, "seats" | "inputs">): number {
  const recorded = Object.values(seats);
  const noted = recorded.filter(({ unfinished }) => unfinished !== undefined);
  return noted.length + Math.max(0, toldMachines(inputs) - recorded.length);
}

function toldMachines({ seats, roster, teacher }: Properties): number {
  const told = isList(roster) ? roster.length : typeof seats === "number" ? seats : 0;
  return told + (teacher === true ? 1 : 0);
}
