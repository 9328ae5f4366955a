import type { SeatsArgs } from "../seats/seats-args.ts";
import type { LabClassArgs } from "./lab-class-args.ts";

/** Name of the teacher's seat and, behind the class's name, of its pool. */
export const TEACHER = "teacher";

/** What the students' seats are made of; the first number of the range is the teacher's, whether there is one or not. */
export function seatsArgs(args: LabClassArgs): SeatsArgs {
  return { ...args, vmids: { from: args.vmids.from + 1, to: args.vmids.to } };
}

/**
 * What the teacher's machine is made of: one seat like the others. Without a data disk, which would become a disk of
 * every generation published from it, and without a fixed address, which would be the first seat's.
 */
export function teacherArgs(args: LabClassArgs): SeatsArgs {
  const { seats: _seats, dataDisk: _disk, reset: _reset, undo: _undo, cloudInit, ...shared } = args;
  const { address: _address, ...values } = cloudInit ?? {};
  const vmids = { from: args.vmids.from, to: args.vmids.from };
  return { ...shared, roster: [TEACHER], vmids, ...(cloudInit && { cloudInit: values }) };
}
