import { assertSeatsArgs } from "../seats/assert-seats-args.ts";
import { refusedField } from "../seats/refused-field.ts";
import type { LabClassArgs } from "./lab-class-args.ts";
import { TEACHER } from "./split-args.ts";

/** Refuses arguments that contradict each other before anything is registered. */
export function assertLabClassArgs(component: string, name: string, args: LabClassArgs): void {
  assertSeatsArgs(component, name, args);
  const { publish, roster, teacher } = args;
  if (teacher === true && roster?.includes(TEACHER) === true) {
    const why = `has a seat '${TEACHER}', and 'teacher' makes a machine of that name`;
    throw refusedField(component, "roster", why, "Rename the seat, or leave 'teacher' out");
  }
  if (publish === undefined) return;
  if (!(Number.isInteger(publish.generation) && publish.generation > 1)) {
    const why = `is ${publish.generation}, and the template itself is generation 1`;
    throw refusedField(component, "publish.generation", why, "Begin with 2 and count on");
  }
  if (publish.from === TEACHER && teacher !== true) {
    const why = "is 'teacher', and the class has no teacher's machine";
    throw refusedField(component, "publish.from", why, "Set 'teacher: true', or name a template by { vmid }");
  }
}
