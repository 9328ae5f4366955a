import { type WrongArgument, wrong } from "./wrong-argument.ts";

/** Values that are right each for itself. */
export const contradictoryArguments: readonly WrongArgument[] = [
  wrong("seats", "seats: undefined", "'seats' is missing; give 'seats', a number, or 'roster', the names"),
  wrong(
    "roster",
    'roster: ["ada"]',
    "'roster' is given (1 names) and 'seats' too (25); give the number of seats or their names, not both",
  ),
  wrong(
    "roster",
    'seats: undefined, roster: ["ada", "ada"]',
    `'roster[1]' is "ada", which is in the roster twice; every seat needs a name of its own`,
  ),
  wrong(
    "roster",
    'seats: undefined, roster: ["ada", "teacher"], teacher: true',
    `'roster[1]' is "teacher", and 'teacher' makes a machine of that name; rename the seat, or leave 'teacher' out`,
  ),
  wrong("empty", "empty: true", "'empty' is true, and there are 25 seats; leave it out"),
  wrong(
    "vmids",
    "vmids: { from: 20000, to: 20010 }",
    "'vmids' holds 11 numbers for 25 seats and the teacher, whose the first is; widen it to at least 20000–20025",
  ),
  wrong(
    "vmids",
    "seats: 1, vmids: { from: 20000, to: 20000 }",
    "'vmids' holds 1 number for 1 seat and the teacher, whose the first is; widen it to at least 20000–20001",
  ),
  wrong(
    "vmids.to",
    "vmids: { from: 20999, to: 20000 }",
    "'vmids.to' is 20000, smaller than 'from', which is 20999; swap them",
  ),
  wrong(
    "nodes",
    "nodes: []",
    "'nodes' is an empty list; name nodes, or leave it out for all that are online",
  ),
  wrong(
    "cloudInit.address.first",
    'cloudInit: { address: { first: "10.0.0.250/24" } }',
    `'cloudInit.address.first' is "10.0.0.250/24", and its network ends before the last of 25 seats; choose a lower address or a larger network`,
  ),
  wrong(
    "dataDisk",
    'method: "bulk", dataDisk: { size: "20GiB" }',
    `'dataDisk' cannot be made by method "bulk", which copies configurations only; choose method "overlay"`,
  ),
  wrong(
    "reset",
    'reset: { "seat-26": "once" }',
    `'reset["seat-26"]' is not a seat of this class, which has "seat-01", "seat-02", "seat-03" and 22 more; check the name`,
  ),
  wrong(
    "undo",
    'undo: { ada: "once" }',
    `'undo.ada' is not a seat of this class, which has "seat-01", "seat-02", "seat-03" and 22 more; check the name`,
  ),
  wrong(
    "publish.policyOf",
    'publish: { generation: 2, from: { vmid: 9001 }, policyOf: { "seat26": "keep" } }',
    `'publish.policyOf.seat26' is not a seat of this class, which has "seat-01", "seat-02", "seat-03" and 22 more; check the name`,
  ),
  wrong(
    "publish.from",
    'publish: { generation: 2, from: "teacher" }',
    `'publish.from' is "teacher", and the class has no teacher's machine; set 'teacher: true', or name a template by { vmid }`,
  ),
];
